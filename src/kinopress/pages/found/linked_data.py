"""What a page says of itself in the words of schema.org, as JSON-LD (pure).

Only what is so: nobody is named as the reviewer of a page but a clinician who went through it, and no business,
place or way to reach the coach that her settings do not name. What search engines ask for:
https://developers.google.com/search/docs/appearance/structured-data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kinopress.content.model.library import Library
from kinopress.content.model.pages import Article, Page, Symptom, Video
from kinopress.content.model.settings import PostalAddress
from kinopress.media.clip import Clip
from kinopress.pages.found.address import moment, root_of, whole
from kinopress.pages.found.following import FilmFile, film_file
from kinopress.pages.site import SitePage

_SERVICE = "assessment"
"""The page of what the coach offers."""
_OF_THE_COACH = ("index", "about", "contact")
_WITH_ADDRESS = ("contact",)
"""Where readers see the address as well: search engines take none that is hidden."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Thing = dict[str, Any]


def linked_data(
    library: Library, clips: Mapping[str, Clip], page: SitePage, written: Page | None
) -> str:
    """JSON that can be in a ``<script>`` of a page.

    Args:
        library: What the coach wrote.
        clips: Encoded films by slug.
        page: A page of the site.
        written: The coach's page that it is made of; ``None`` for a list.

    Returns:
        Empty while the site's address is not known, or where there is nothing to say.
    """
    root = root_of(library)
    if not root:
        return ""
    things = [*_crumbs(root, library, page)]
    if written is not None:
        things += _of(library, clips, written, page)
    if not things:
        return ""
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": things},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    if address := library.settings.coach.email:
        # As good as an @ to whoever reads JSON, and none to who gathers addresses.
        text = text.replace(address, address.replace("@", "\\u0040"))
    # Nothing in it may end the script: JSON has another way to write these three.
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _of(library: Library, clips: Mapping[str, Clip], page: Page, shown: SitePage) -> list[Thing]:
    root = root_of(library)
    address = whole(root, shown.path)
    coach = library.settings.coach
    things: list[Thing] = []
    if page.kind == "page" and page.slug == "index":
        site = {"@type": "WebSite", "name": library.settings.site_name, "url": root}
        things.append(site | {"inLanguage": library.settings.language})
    if page.kind == "page" and page.slug in _OF_THE_COACH and coach.name:
        things.append(_coach(library))
    if page.kind == "page" and page.slug in _WITH_ADDRESS and coach.address:
        things.append(_business(library, coach.address))
    if page.kind == "page" and page.slug == _SERVICE:
        things += _service(library, page, address)
    if isinstance(page, Article):
        things.append(_article(library, page, shown, address))
    clip = clips.get(page.slug) if isinstance(page, Video) else None
    if isinstance(page, Video) and clip is not None:
        things += _video(library, page, film_file(root, page, clip), address)
    if isinstance(page, Symptom):
        things += _medical(library, page, address)
    return things


def _crumbs(root: str, library: Library, page: SitePage) -> list[Thing]:
    """The way back: home, the list, the page itself."""
    if not page.crumbs:
        return []
    way = [(library.settings.site_name, "index.md")]
    way += [(crumb.label, crumb.path) for crumb in page.crumbs]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": whole(root, path)}
        for number, (name, path) in enumerate([*way, (page.title, page.path)], 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]


def _coach(library: Library) -> Thing:
    """The coach, as her settings have her; without a name, the site."""
    coach, root = library.settings.coach, root_of(library)
    if not coach.name:
        return {"@type": "Organization", "name": library.settings.site_name, "url": root}
    person: Thing = {"@type": "Person", "name": coach.name, "url": root}
    if coach.role:
        person["jobTitle"] = coach.role
    if coach.place:
        person["workLocation"] = {"@type": "Place", "name": coach.place}
    if coach.qualifications:
        person["hasCredential"] = [
            {"@type": "EducationalOccupationalCredential", "name": name}
            for name in coach.qualifications
        ]
    if coach.email:
        person["email"] = coach.email
    if coach.phone:
        person["telephone"] = coach.phone
    return person


def _business(library: Library, address: PostalAddress) -> Thing:
    """A place that clients can come to, where the settings say that there is one."""
    coach, root = library.settings.coach, root_of(library)
    parts = {
        "streetAddress": address.street,
        "addressLocality": address.town,
        "addressRegion": address.region,
        "postalCode": address.postcode,
        "addressCountry": address.country,
    }
    business: Thing = {
        "@type": "LocalBusiness",
        "@id": f"{root}#business",
        "name": library.settings.site_name,
        "url": root,
        "address": {"@type": "PostalAddress"} | {name: x for name, x in parts.items() if x},
    }
    if coach.phone:
        business["telephone"] = coach.phone
    if coach.email:
        business["email"] = coach.email
    if coach.name:
        business["employee"] = _named(library)
    if coach.opening_hours:
        business["openingHoursSpecification"] = [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [_DAYS[day] for day in one.days],
                "opens": one.opens,
                "closes": one.closes,
            }
            for one in coach.opening_hours
        ]
    return business


def _named(library: Library) -> Thing:
    """The coach where she is only named."""
    whose = _coach(library)
    return {key: whose[key] for key in ("@type", "name", "url")}


def _service(library: Library, page: Page, address: str) -> list[Thing]:
    """What the coach offers, once there is a way to ask for it."""
    coach = library.settings.coach
    if not coach.can_be_asked:
        return []
    service: Thing = {
        "@type": "Service",
        "name": page.title,
        "description": page.description,
        "url": address,
        "provider": _named(library),
    }
    if coach.place:
        service["areaServed"] = {"@type": "Place", "name": coach.place}
    return [service]


def _article(library: Library, page: Article, shown: SitePage, address: str) -> Thing:
    article: Thing = {
        "@type": "Article",
        "headline": page.title,
        "description": page.description,
        "mainEntityOfPage": address,
        "inLanguage": page.lang or library.settings.language,
        "author": _named(library),
    }
    if page.date is not None:
        article["datePublished"] = moment(library, page.date).isoformat()
    if shown.picture is not None:
        article["image"] = whole(root_of(library), shown.picture.path)
    return article


def _video(library: Library, page: Video, film: FilmFile, address: str) -> list[Thing]:
    """A film on its own page, with its chapters as clips that begin where their addresses say."""
    if page.date is None or not film.picture:
        return []  # no search engine takes one without a day and a picture
    video: Thing = {
        "@type": "VideoObject",
        "name": page.title,
        "description": page.description or page.title,
        "thumbnailUrl": film.picture,
        "uploadDate": moment(library, page.date).isoformat(),
        "duration": f"PT{max(1, round(film.duration_s))}S",
        "contentUrl": film.address,
        "url": address,
        "inLanguage": page.lang or library.settings.language,
    }
    ends = [*(chapter.at_s for chapter in film.chapters[1:]), film.duration_s]
    clips = [
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": round(chapter.at_s),
            "endOffset": max(round(chapter.at_s) + 1, round(end)),
            "url": f"{address}?t={round(chapter.at_s)}",
        }
        for chapter, end in zip(film.chapters, ends, strict=False)
    ]
    if clips:
        video["hasPart"] = clips
    return [video]


def _medical(library: Library, page: Symptom, address: str) -> list[Thing]:
    """A page on health as one only where a clinician went through it."""
    review = page.reviewed
    who = library.settings.reviewers.get(review.by.text) if review else None
    if review is None or who is None or not who.clinician:
        return []
    return [
        {
            "@type": "MedicalWebPage",
            "name": page.title,
            "description": page.description,
            "url": address,
            "inLanguage": page.lang or library.settings.language,
            "lastReviewed": review.on.isoformat(),
            "reviewedBy": {"@type": "Person", "name": who.name},
        }
    ]
