"""Who the coach is and how readers reach her: only what her settings say."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from kinopress.content.data.phones import call
from kinopress.content.model.settings import Coach, PostalAddress
from kinopress.content.text.linked import photo_asset
from kinopress.pages.parts.html import element, escape
from kinopress.pages.parts.picture import portrait
from kinopress.pages.place import Place


def welcome(place: Place) -> str:
    """Whose site this is, in a line with a face; what is not set is not shown."""
    coach = place.library.settings.coach
    if not coach.name:
        return ""
    who = ", ".join(x for x in (coach.role, coach.place) if x)
    words = element(
        "p", element("strong", escape(coach.name)) + (f"<br>{escape(who)}" if who else "")
    )
    if coach.greeting:
        words += element("p", element("q", escape(coach.greeting.text)), class_="kp-greeting")
    if coach.promise:
        words += element("p", escape(coach.promise.text))
    return element("div", face(place) + element("div", words), class_="kp-welcome")


def face(place: Place) -> str:
    """Her picture, small; nothing without one."""
    asset = photo_asset(place.library)
    name = place.library.settings.coach.name
    return portrait(place, asset, name) if asset and name else ""


def byline(place: Place) -> str:
    """Whose words an article is, with her picture; nothing while her name is not set."""
    coach = place.library.settings.coach
    if not coach.name:
        return ""
    name = ", ".join(x for x in (coach.name, coach.role) if x)
    by = element("p", place.in_html("By {name}", name=escape(name)))
    return element("div", face(place) + by, class_="kp-welcome kp-byline")


def who(place: Place) -> str:
    """Her picture, and beside it who she is and what she has learnt."""
    rows = facts(_rows(place, place.library.settings.coach))
    picture = face(place)
    if not (picture and rows):
        return rows
    return element("div", picture + element("div", rows), class_="kp-welcome")


def _rows(place: Place, coach: Coach) -> list[tuple[str, str]]:
    """Who the coach is, as pairs of label and HTML; what is not set has no row."""
    rows = []
    if coach.name:
        rows.append(
            (
                place.in_html("Coach"),
                escape(", ".join(x for x in (coach.name, coach.role, coach.place) if x)),
            )
        )
    if coach.qualifications:
        rows.append(
            (place.in_html("Qualifications"), "<br>".join(map(escape, coach.qualifications)))
        )
    return rows


def facts(rows: Sequence[tuple[str, str]]) -> str:
    """Pairs of label and HTML, one below the other; nothing without any."""
    inner = "".join(f"<div><dt>{label}</dt><dd>{html}</dd></div>" for label, html in rows)
    return element("dl", inner, class_="kp-facts") if rows else ""


def ways_to_reach(place: Place) -> str:
    """Who she is, and every way to reach her that is set; that none is, where none is."""
    coach = place.library.settings.coach
    rows = _rows(place, coach)
    if coach.email:
        address = in_signs(coach.email)
        rows.append(
            (place.in_html("E-mail"), f'<a href="{in_signs("mailto:")}{address}">{address}</a>')
        )
    if coach.phone:
        rows.append(
            (
                place.in_html("Phone"),
                element("a", escape(coach.phone), href=call(coach.phone)),
            )
        )
    if coach.booking_url:
        rows.append(
            (
                place.in_html("Booking"),
                element("a", place.in_html("Book a time"), href=coach.booking_url, rel="noopener"),
            )
        )
    if coach.address:
        rows.append((place.in_html("Address"), "<br>".join(map(escape, lines_of(coach.address)))))
    if coach.opening_hours:
        hours = "<br>".join(escape(one.text) for one in coach.opening_hours)
        rows.append((place.in_html("Opening hours"), hours))
    card = facts(rows)
    if coach.can_be_asked:
        return card + (_form(place, coach, coach.form_url) if coach.form_url else "")
    return card + element(
        "p",
        place.in_html(
            "No contact details have been set for this site yet. When the coach adds an e-mail address, a phone number, a booking page or a form, it will appear here."
        ),
        class_="kp-held",
    )


def sender(place: Place) -> str:
    """Who it is from and how she is reached, for what is read without the site: name, e-mail, phone, those that are set."""
    coach = place.library.settings.coach
    ways = [escape(coach.name)] if coach.name else []
    if coach.email:
        ways.append(element("a", escape(coach.email), href=f"mailto:{coach.email}"))
    if coach.phone:
        ways.append(element("a", escape(coach.phone), href=call(coach.phone)))
    return " · ".join(ways)


def sender_in_words(place: Place) -> str:
    """The same for a message."""
    coach = place.library.settings.coach
    return " · ".join(words for words in (coach.name, coach.email, coach.phone) if words)


def lines_of(address: PostalAddress) -> list[str]:
    """An address as it is on an envelope: street, town with its postcode, region, country."""
    town = " ".join(x for x in (address.town, address.postcode) if x)
    return [x for x in (address.street, town, address.region, address.country) if x]


def in_signs(words: str) -> str:
    """Words as HTML in numbers of their characters: a browser shows them as they are, without a script.

    Programs that gather e-mail addresses for advertising look for an @ between letters. Those that read a page as
    a browser does find it all the same.
    """
    return "".join(f"&#{ord(sign)};" for sign in words)


def has_form(body: str) -> bool:
    """Whether a page has the form by which readers write to her."""
    return f'<form class="{_FORM}"' in body


_FORM = "kp-form"
_MESSAGE_ROWS = 6


def _form(place: Place, coach: Coach, address: str) -> str:
    """A form that needs no script. What robots fill in and readers never see is how a service knows them."""

    def field(tag: str, name: str, label: str, **attributes: object) -> str:
        ident = f"ask-{name}"
        control = element(tag, id=ident, name=name, required=True, **attributes)
        return element(
            "p",
            element("label", escape(label), for_=ident)
            + (control if tag == "textarea" else control.removesuffix("</input>")),
        )

    trap = element(
        "p",
        element("label", place.in_html("Leave this field empty"), for_="ask-trap")
        + element(
            "input",
            id="ask-trap",
            name=coach.form_trap,
            type="text",
            tabindex=-1,
            autocomplete="off",
        ).removesuffix("</input>"),
        class_="kp-form__trap",
        aria_hidden="true",
    )
    goes_to = place.phrase(
        "What you write is sent to {host}.", host=urlsplit(address).hostname or ""
    )
    return element(
        "form",
        field("input", "name", place.phrase("Your name"), type="text", autocomplete="name")
        + field(
            "input",
            "email",
            place.phrase("Your e-mail address"),
            type="email",
            autocomplete="email",
        )
        + field("textarea", "message", place.phrase("Your message"), rows=_MESSAGE_ROWS)
        + trap
        + element("p", escape(goes_to), class_="kp-form__where")
        + element("button", place.in_html("Send the message"), type="submit"),
        class_=_FORM,
        method="post",
        action=address,
        aria_label=place.phrase("Write to the coach"),
    )
