"""Every code a problem can have, with what it means and what to do.

The guide's tables of messages are made of these (``COACH.md``, "Every message"). A code never changes
its meaning, since people search for it and programs compare it; a new one takes a row here.
"""

from __future__ import annotations

from enum import Enum, StrEnum


class Section(Enum):
    """The tables of the guide, in its order."""

    THE_FILE_AND_ITS_FIELDS = "The file and its fields"
    VALUES = "Values"
    NAMES_TAGS_AND_LINKS = "Names, tags and links"
    PLANS = "Plans"
    CLIENTS = "Clients"
    WRITING = "Writing"
    FILMS_AND_CAPTIONS = "Films and captions"
    FIGURES = "Figures"
    SETTINGS_AND_THE_COMPUTER = "Settings and the computer"
    PUBLISHING = "Publishing"


class Code(StrEnum):
    """A stable name for one kind of problem.

    Attributes:
        section: The table of the guide in which it is.
        sentence: What it means and what to do, in Markdown.
    """

    section: Section
    sentence: str

    def __new__(cls, code: str, section: Section, sentence: str) -> Code:
        """A member is its code; the rest are attributes."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.section = section
        member.sentence = sentence
        return member

    @classmethod
    def named(cls, code: str) -> Code:
        """The member that is this code."""
        return cls.__members__[code.upper().replace("-", "_")]

    FILE_UNREADABLE = (
        "file-unreadable",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The file is missing or may not be opened. Check where it is, and its permissions.",
    )
    FILE_ENCODING = (
        "file-encoding",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The file was saved in a different encoding. Save it again as UTF-8.",
    )
    FILE_CHARACTER = (
        "file-character",
        Section.THE_FILE_AND_ITS_FIELDS,
        "There is an invisible character on the line. Delete the line and type it again.",
    )
    FILE_ZERO_CHARACTER = (
        "file-zero-character",
        Section.THE_FILE_AND_ITS_FIELDS,
        "An invisible character crept in. Delete the line and type it again.",
    )
    FILE_ENDING = (
        "file-ending",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The name of a page, a film or a file beside films has an ending that is not known here. Save it as the message says (warning).",
    )
    EDIT_UNSAFE = (
        "edit-unsafe",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A value could not be changed without changing something else in its file, so nothing was written. Change it in an editor.",
    )
    EDIT_CLASH = (
        "edit-clash",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The file was changed by somebody else after it was opened, so nothing was overwritten. What you wrote is kept; the message says where.",
    )
    FOLDER_UNREADABLE = (
        "folder-unreadable",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A folder cannot be opened. Check that it is a folder, and its permissions.",
    )
    FRONT_MATTER_MISSING = (
        "front-matter-missing",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The file must begin with a line `---`, the fields, and a second line `---`.",
    )
    FRONT_MATTER_NOT_CLOSED = (
        "front-matter-not-closed",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The second line `---` is missing.",
    )
    FRONT_MATTER_NO_FIELDS = (
        "front-matter-no-fields",
        Section.THE_FILE_AND_ITS_FIELDS,
        "There are words where fields should be. Write one field per line, like `title: Clam`.",
    )
    SETTINGS_NO_FIELDS = (
        "settings-no-fields",
        Section.THE_FILE_AND_ITS_FIELDS,
        "There are words where fields should be. Write one field per line, like `title: Clam`.",
    )
    FRONT_MATTER_LINE = (
        "front-matter-line",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The line is not a field. Write `name: value`.",
    )
    SETTINGS_LINE = (
        "settings-line",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The line is not a field. Write `name: value`.",
    )
    FRONT_MATTER_SPACE = (
        "front-matter-space",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A space is missing after a colon or a dash.",
    )
    SETTINGS_SPACE = (
        "settings-space",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A space is missing after a colon or a dash.",
    )
    FRONT_MATTER_INDENT = (
        "front-matter-indent",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The line is indented differently from those it belongs with. Give them the same number of spaces.",
    )
    SETTINGS_INDENT = (
        "settings-indent",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The line is indented differently from those it belongs with. Give them the same number of spaces.",
    )
    FRONT_MATTER_COLON = (
        "front-matter-colon",
        Section.THE_FILE_AND_ITS_FIELDS,
        "There is a colon inside the text. Put the text in quotes.",
    )
    SETTINGS_COLON = (
        "settings-colon",
        Section.THE_FILE_AND_ITS_FIELDS,
        "There is a colon inside the text. Put the text in quotes.",
    )
    FRONT_MATTER_QUOTES = (
        "front-matter-quotes",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A quotation mark is not closed, or the text begins with a special character. Put the whole text in quotes.",
    )
    SETTINGS_QUOTES = (
        "settings-quotes",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A quotation mark is not closed, or the text begins with a special character. Put the whole text in quotes.",
    )
    FRONT_MATTER_BRACKET = (
        "front-matter-bracket",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A bracket is not closed, or a comma is missing.",
    )
    SETTINGS_BRACKET = (
        "settings-bracket",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A bracket is not closed, or a comma is missing.",
    )
    FRONT_MATTER_SIGN = (
        "front-matter-sign",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A space, hyphen, colon, comma or bracket is really a different character that only looks like one, as phones and word processors type them. Delete it and type it again.",
    )
    SETTINGS_SIGN = (
        "settings-sign",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A space, hyphen, colon, comma or bracket is really a different character that only looks like one, as phones and word processors type them. Delete it and type it again.",
    )
    FRONT_MATTER_TAB = (
        "front-matter-tab",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The line is indented with a tab. Use spaces.",
    )
    SETTINGS_TAB = (
        "settings-tab",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The line is indented with a tab. Use spaces.",
    )
    FRONT_MATTER_CHARACTER = (
        "front-matter-character",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A character cannot be read. Type the line again.",
    )
    SETTINGS_CHARACTER = (
        "settings-character",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A character cannot be read. Type the line again.",
    )
    FRONT_MATTER_KEY = (
        "front-matter-key",
        Section.THE_FILE_AND_ITS_FIELDS,
        "There is a list or a group before a colon. Write one word.",
    )
    SETTINGS_KEY = (
        "settings-key",
        Section.THE_FILE_AND_ITS_FIELDS,
        "There is a list or a group before a colon. Write one word.",
    )
    FRONT_MATTER_KEY_TWICE = (
        "front-matter-key-twice",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The same field appears twice. Keep one.",
    )
    SETTINGS_KEY_TWICE = (
        "settings-key-twice",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The same field appears twice. Keep one.",
    )
    FRONT_MATTER_TAG = (
        "front-matter-tag",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A word begins with `!`. Remove it.",
    )
    SETTINGS_TAG = (
        "settings-tag",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A word begins with `!`. Remove it.",
    )
    FRONT_MATTER_SECOND = (
        "front-matter-second",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A second part begins inside the fields. Remove the extra line `---`.",
    )
    SETTINGS_SECOND = (
        "settings-second",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A second part begins inside the fields. Remove the extra line `---`.",
    )
    FRONT_MATTER_RUNAWAY = (
        "front-matter-runaway",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The fields refer to themselves (remove the characters `&` and `*`), or are nested too deep (write a plain list, or one value per line).",
    )
    SETTINGS_RUNAWAY = (
        "settings-runaway",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The fields refer to themselves (remove the characters `&` and `*`), or are nested too deep (write a plain list, or one value per line).",
    )
    FIELD_UNKNOWN = (
        "field-unknown",
        Section.THE_FILE_AND_ITS_FIELDS,
        "This kind of page has no such field. See the tables above, or put a text with a comma in quotes.",
    )
    FIELD_MISSING = (
        "field-missing",
        Section.THE_FILE_AND_ITS_FIELDS,
        "A required field is missing. Add it.",
    )
    FIELDS_WANTED = (
        "fields-wanted",
        Section.THE_FILE_AND_ITS_FIELDS,
        "Several fields belong here, one per line.",
    )
    BODY_EMPTY = (
        "body-empty",
        Section.THE_FILE_AND_ITS_FIELDS,
        "There is no text below the fields. Write a few sentences (warning).",
    )
    TEXT_PLACEHOLDER = (
        "text-placeholder",
        Section.THE_FILE_AND_ITS_FIELDS,
        "Words from the empty page were never replaced. Write your own (a note for a draft).",
    )
    HOME_MISSING = (
        "home-missing",
        Section.THE_FILE_AND_ITS_FIELDS,
        "The site has no first page, `docs/index.md`, or it is held back. Write it, or remove its draft line.",
    )

    TEXT_WANTED = (
        "text-wanted",
        Section.VALUES,
        "This should be words, not a bare number, a date or a list.",
    )
    TEXT_REMARK = (
        "text-remark",
        Section.VALUES,
        "What follows a ` #` is a comment, which readers do not see. Put the whole text in quotes to show it (warning).",
    )
    TEXT_EMPTY = (
        "text-empty",
        Section.VALUES,
        "There is nothing after the colon. Write a few words or remove the line.",
    )
    FLAG_WANTED = ("flag-wanted", Section.VALUES, "Write `true` or `false`, without quotes.")
    NUMBER_WANTED = (
        "number-wanted",
        Section.VALUES,
        "Write a whole number within the limits the message gives.",
    )
    CHOICE_UNKNOWN = (
        "choice-unknown",
        Section.VALUES,
        "Choose one of the words the message lists.",
    )
    LIST_WANTED = ("list-wanted", Section.VALUES, "This should be a list: `[first, second]`.")
    LIST_EMPTY = (
        "list-empty",
        Section.VALUES,
        "The list needs at least one entry. For `red_flags`, `not-settling` is the least.",
    )
    LIST_AS_TEXT = (
        "list-as-text",
        Section.VALUES,
        "It was read as a list; it is better to put it in brackets (warning).",
    )
    LIST_TWICE = (
        "list-twice",
        Section.VALUES,
        "The same entry is in the list twice (warning).",
    )
    DATE_FORM = ("date-form", Section.VALUES, "Write the day as `2026-11-22`.")
    DATE_NO_SUCH_DAY = ("date-no-such-day", Section.VALUES, "There is no such day in the calendar.")
    DATE_YEAR = (
        "date-year",
        Section.VALUES,
        "The year is before 1990 or after 2100. Correct it.",
    )
    DATE_FUTURE = (
        "date-future",
        Section.VALUES,
        "The page is waiting for its day. Build and publish the site on that day or later (warning).",
    )
    DOSAGE_UNIT = ("dosage-unit", Section.VALUES, "A time needs `s` or `min`, an effort needs `%`.")
    DOSAGE_RANGE = (
        "dosage-range",
        Section.VALUES,
        "The number is too large, too small, or the range goes down.",
    )
    DOSAGE_LONG = (
        "dosage-long",
        Section.VALUES,
        "A hold or rest lasts many minutes. Did you mean seconds (warning)?",
    )
    DURATION_FORM = (
        "duration-form",
        Section.VALUES,
        "Write a time like `30 s`, `1 min 30 s` or `5–10 s`.",
    )
    DURATION_RANGE = ("duration-range", Section.VALUES, "Write a single time here, not a range.")
    STEPS_FORM = (
        "steps-form",
        Section.VALUES,
        "Write each step on a line like `- step: Lift your hips.`",
    )
    STEPS_KIND = (
        "steps-kind",
        Section.VALUES,
        "The kind of step is prepare, step, cue, breathe or caution.",
    )
    STEPS_SETS = (
        "steps-sets",
        Section.VALUES,
        "`sets` below a step says in which sets it is done: `sets: 3`, or `sets: 1-2` for the first two. The dosage has to have that many.",
    )
    STEPS_FRAME = (
        "steps-frame",
        Section.VALUES,
        "`frame` beside a step is the number of the drawing that belongs to it. The message says which there are.",
    )
    FRAME_UNUSED = (
        "frame-unused",
        Section.VALUES,
        "No step has this drawing, so it is shown above them (a note). Write `frame` below the step it belongs to.",
    )
    CHAPTERS_FORM = (
        "chapters-form",
        Section.VALUES,
        "Write each chapter on a line like `- {at: 12 s, title: Cross the ankle}`.",
    )
    CHAPTERS_ORDER = ("chapters-order", Section.VALUES, "Put the chapters in order of time.")
    CHAPTERS_BEYOND = (
        "chapters-beyond",
        Section.VALUES,
        "A chapter begins after the film has ended (warning).",
    )
    TRIM_ORDER = ("trim-order", Section.VALUES, "`to` must be later than `from`.")
    UBERON_FORM = (
        "uberon-form",
        Section.VALUES,
        "Write it like `UBERON:0008529`, or remove the line.",
    )
    DOI_FORM = ("doi-form", Section.VALUES, "Write it like `10.2522/ptj.20090012`, without https.")
    REVIEW_ORDER = ("review-order", Section.VALUES, "`next` must be later than `on`.")
    REVIEW_FUTURE = ("review-future", Section.VALUES, "The review cannot be in the future.")
    REVIEW_DUE = (
        "review-due",
        Section.VALUES,
        "The page is due for a review. Read it, then update `on` and `next` (warning).",
    )

    TAG_UNKNOWN = (
        "tag-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "No page provides this tag. Use one of those the message suggests, or write the page.",
    )
    TAG_TWICE = (
        "tag-twice",
        Section.NAMES_TAGS_AND_LINKS,
        "Two tags mean the same page. Keep one (warning).",
    )
    ALIAS_TWICE = (
        "alias-twice",
        Section.NAMES_TAGS_AND_LINKS,
        "Two pages claim the same name. Remove it from one, or make it a `lay` name.",
    )
    MUSCLE_UNKNOWN = (
        "muscle-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "There is no such muscle page.",
    )
    SYMPTOM_UNKNOWN = (
        "symptom-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "There is no such symptom page.",
    )
    TECHNIQUE_UNKNOWN = (
        "technique-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "There is no such technique page.",
    )
    SUSPECT_UNKNOWN = (
        "suspect-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "A suspect must be a page in `docs/muscles/`.",
    )
    EXERCISE_UNKNOWN = (
        "exercise-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "There is no such exercise. Write its file name without the ending.",
    )
    START_MANY = (
        "start-many",
        Section.NAMES_TAGS_AND_LINKS,
        "A symptom starts with too many exercises. Keep three at most.",
    )
    START_AVOIDED = (
        "start-avoided",
        Section.NAMES_TAGS_AND_LINKS,
        "The same page asks to leave out an exercise to start with, or every technique it uses. Name a different one.",
    )
    START_SIDES = (
        "start-sides",
        Section.NAMES_TAGS_AND_LINKS,
        "A symptom gives a dose without sides for an exercise that is done on each side, and its steps say to change. Add `per_side: true`, or say which leg.",
    )
    VIDEO_UNKNOWN = (
        "video-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "There is no such page in `videos/`.",
    )
    REGION_UNKNOWN = (
        "region-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "The region is not in `docs/data/regions.yml`.",
    )
    COMMON_ELSEWHERE = (
        "common-elsewhere",
        Section.NAMES_TAGS_AND_LINKS,
        "A region names as common a symptom whose page does not have that region. Remove it there, or add the region to the page.",
    )
    RED_FLAG_UNKNOWN = (
        "red-flag-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "The warning sign is not in `docs/data/red_flags.yml`.",
    )
    SAY_FORM = (
        "say-form",
        Section.NAMES_TAGS_AND_LINKS,
        "A rule or a group of words has nothing beside a `+`, `&`, `!` or `/`.",
    )
    SIGN_URGENCY = (
        "sign-urgency",
        Section.NAMES_TAGS_AND_LINKS,
        "A sentence gives a different urgency from the level of the warning sign it mentions.",
    )
    HELP_MISSING = (
        "help-missing",
        Section.NAMES_TAGS_AND_LINKS,
        "The site has no file that says whom readers call. `kinopress init` writes one for your country.",
    )
    DATA_UNREAD = (
        "data-unread",
        Section.NAMES_TAGS_AND_LINKS,
        "Nothing reads this file in `docs/data`. Mostly its name is not quite that of a file that is read there.",
    )
    HELP_NUMBER = (
        "help-number",
        Section.NAMES_TAGS_AND_LINKS,
        "The words of a level of urgency do not name the number that belongs to it.",
    )
    HELP_POSITION = (
        "help-position",
        Section.NAMES_TAGS_AND_LINKS,
        "Two positions have the same name, so readers would never be told about the second.",
    )
    WEIGHTS_FORM = (
        "weights-form",
        Section.NAMES_TAGS_AND_LINKS,
        "`docs/data/sign_weights.yml` is empty, cut short or damaged. Nobody writes that file by hand: restore it from a backup, or copy it from a site that `kinopress init` begins, or delete it; the search then goes by its rules alone.",
    )
    SAY_GROUP = (
        "say-group",
        Section.NAMES_TAGS_AND_LINKS,
        "A rule names a group in CAPITALS that `docs/data/sign_words.yml` does not hold, or not yet.",
    )
    TEST_UNKNOWN = (
        "test-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "The test is not in `docs/data/tests.yml`.",
    )
    SOURCE_UNKNOWN = (
        "source-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "The source is not in `docs/data/references.yml`.",
    )
    SOURCE_NOT_LISTED = (
        "source-not-listed",
        Section.NAMES_TAGS_AND_LINKS,
        "The text cites a source that the page does not list. Add it to `sources`.",
    )
    REVIEWER_UNKNOWN = (
        "reviewer-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "The reviewer is not in `mkdocs.yml`.",
    )
    AVOID_AND_TRY = (
        "avoid-and-try",
        Section.NAMES_TAGS_AND_LINKS,
        "A technique is listed both to try and to avoid. Choose one.",
    )
    EXERCISE_CIRCLE = (
        "exercise-circle",
        Section.NAMES_TAGS_AND_LINKS,
        "Exercises are easier or harder than one another in a circle. Remove one.",
    )
    EXERCISE_LEVEL = (
        "exercise-level",
        Section.NAMES_TAGS_AND_LINKS,
        "The easier exercise has a higher `level`, or the harder one a lower one. Name a different exercise, or change a level.",
    )
    EXERCISE_TOO_OFTEN = (
        "exercise-too-often",
        Section.NAMES_TAGS_AND_LINKS,
        "There are more days a week or sessions a day than its strength technique says, or too many for 48 hours between them. Write fewer.",
    )
    PARENT_CIRCLE = (
        "parent-circle",
        Section.NAMES_TAGS_AND_LINKS,
        "Pages are one another's parents in a circle. Remove one `parent`.",
    )
    LINK_BROKEN = (
        "link-broken",
        Section.NAMES_TAGS_AND_LINKS,
        "The link leads nowhere. Use the page's file name: `[[clam]]`.",
    )
    PICTURE_ALT = (
        "picture-alt",
        Section.NAMES_TAGS_AND_LINKS,
        "The picture has no description for people who cannot see it. Say what it shows, or write `![decorative](…)` (warning).",
    )
    PICTURE_UNREADABLE = (
        "picture-unreadable",
        Section.NAMES_TAGS_AND_LINKS,
        "The picture is empty, cut off, damaged or not a picture at all. Copy or export it again.",
    )
    PICTURE_KIND = (
        "picture-kind",
        Section.NAMES_TAGS_AND_LINKS,
        "Pages do not show this kind of picture. Save it as JPEG or PNG.",
    )
    PICTURE_MOVING = (
        "picture-moving",
        Section.NAMES_TAGS_AND_LINKS,
        "The picture moves and readers could not stop it. Turn it into a film.",
    )
    PICTURE_LARGE = (
        "picture-large",
        Section.NAMES_TAGS_AND_LINKS,
        "The picture has too many pixels. Export it smaller.",
    )
    FILE_KIND = (
        "file-kind",
        Section.NAMES_TAGS_AND_LINKS,
        "This kind of file cannot be published, because nobody can tell what it reveals. Save it as the message says.",
    )
    FILE_MISMATCH = (
        "file-mismatch",
        Section.NAMES_TAGS_AND_LINKS,
        "The file is not what its name says, or is damaged. Rename it, or export it again.",
    )
    FILE_LEFT_OUT = (
        "file-left-out",
        Section.NAMES_TAGS_AND_LINKS,
        "Readers get the PDF without its comments or form fields (warning).",
    )
    FILE_UNLINKED = (
        "file-unlinked",
        Section.NAMES_TAGS_AND_LINKS,
        "No page links to the file, so it is not published (warning).",
    )
    FILE_AS_PAGE = (
        "file-as-page",
        Section.NAMES_TAGS_AND_LINKS,
        "An `index.html` would have the address of a page of the site. Move it out of `docs/`, or write it as a page.",
    )
    FILE_OUTSIDE = (
        "file-outside",
        Section.NAMES_TAGS_AND_LINKS,
        "It is a link to a file outside the project's folders, which is not followed. Put the file itself there.",
    )
    LINK_HELD = (
        "link-held",
        Section.NAMES_TAGS_AND_LINKS,
        "The link leads to a page that is held back. It will appear when that page does (warning).",
    )
    LINK_ANCHOR = (
        "link-anchor",
        Section.NAMES_TAGS_AND_LINKS,
        "The page has no heading of this name. Write it after the `#` in lower-case letters with hyphens: `#how-to-do-it`.",
    )
    MARK_SLIP = (
        "mark-slip",
        Section.NAMES_TAGS_AND_LINKS,
        "A bracket or another character is missing, or there is a space too many: readers would see the brackets. Write what the message says.",
    )
    FOOTNOTE_UNKNOWN = (
        "footnote-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "The footnote has no text, or was written inside a sentence. Write `[^1]: Its words.` on a line of its own.",
    )
    FOOTNOTE_UNUSED = (
        "footnote-unused",
        Section.NAMES_TAGS_AND_LINKS,
        "Nothing refers to the footnote, or to one of two with the same name (warning).",
    )
    LIST_UNCLEAR = (
        "list-unclear",
        Section.NAMES_TAGS_AND_LINKS,
        "The line may be an item of a list or the next words of its paragraph, and is shown as words. For a list, leave an empty line above it, or a space after its marker (warning).",
    )
    CODE_NOT_CLOSED = (
        "code-not-closed",
        Section.NAMES_TAGS_AND_LINKS,
        "Code begins with three characters like ```` ``` ```` and is never closed. Write them again below it.",
    )
    MARK_UNREAD = (
        "mark-unread",
        Section.NAMES_TAGS_AND_LINKS,
        "Readers see this markup as it was typed, or something else than was meant: code, an empty heading, another number, too few cells, a letter that was lost. The message says what to write instead (warning).",
    )
    HTML_NOT_CLOSED = (
        "html-not-closed",
        Section.NAMES_TAGS_AND_LINKS,
        "An HTML element is opened and not closed, or its tag is incomplete. Close it where it ends.",
    )
    HTML_NOT_OPEN = (
        "html-not-open",
        Section.NAMES_TAGS_AND_LINKS,
        "An HTML element is closed that was not opened. Remove the tag.",
    )
    HTML_NESTING = (
        "html-nesting",
        Section.NAMES_TAGS_AND_LINKS,
        "An HTML element begins in one paragraph and ends in another, or is a block in the middle of a line of words (warning). Begin it on a line of its own, or close it in each paragraph.",
    )
    NESTED_DEEPLY = (
        "nested-deeply",
        Section.NAMES_TAGS_AND_LINKS,
        "More than forty lists, quotations or HTML elements are inside one another, or a hundred brackets of one paragraph are not closed, and the site builder would give up. Begin the line further to the left, or close the elements or brackets.",
    )
    HTML_FORBIDDEN = (
        "html-forbidden",
        Section.NAMES_TAGS_AND_LINKS,
        "Browsers do not show this element on this site. Write a link instead, or remove it.",
    )
    HTML_UNKNOWN = (
        "html-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "No browser knows this element. Write `&lt;` for `<` if readers should see it.",
    )
    HTML_LEFT_OUT = (
        "html-left-out",
        Section.NAMES_TAGS_AND_LINKS,
        "This HTML is left out, because the site does this automatically. Remove it (warning).",
    )
    HTML_MARKDOWN = (
        "html-markdown",
        Section.NAMES_TAGS_AND_LINKS,
        "Readers see the asterisks or brackets, because Markdown is not read inside this HTML element. Write HTML there, or remove the element (warning).",
    )
    HTML_ATTRIBUTE = (
        "html-attribute",
        Section.NAMES_TAGS_AND_LINKS,
        "The attribute does nothing on this site. Remove it (warning).",
    )
    REMARK_NOT_CLOSED = (
        "remark-not-closed",
        Section.NAMES_TAGS_AND_LINKS,
        "A comment begins with `<!--` and is never closed. Write `-->` where it ends.",
    )
    BLOCK_LINE = (
        "block-line",
        Section.NAMES_TAGS_AND_LINKS,
        "A block is in the middle of other words. Put it on a line of its own.",
    )
    BLOCK_UNKNOWN = (
        "block-unknown",
        Section.NAMES_TAGS_AND_LINKS,
        "There is no such block, or what it names does not exist.",
    )
    NAME_SLUG = (
        "name-slug",
        Section.NAMES_TAGS_AND_LINKS,
        "A file name or key has characters that a web address cannot have. Rename it as the message says.",
    )
    REDIRECT_FORM = (
        "redirect-form",
        Section.NAMES_TAGS_AND_LINKS,
        "An entry of `docs/data/redirects.yml` is not an address of a page like `exercises/clam`. Write it without the site's own address, a slash at its ends or `.md`.",
    )
    PAGE_GONE = (
        "page-gone",
        Section.NAMES_TAGS_AND_LINKS,
        "The site that was built last has a page that is not there any more, so its address will lead nowhere. Add a line to `docs/data/redirects.yml`, or do nothing if nobody knows the address (warning).",
    )
    REDIRECT_OVER_PAGE = (
        "redirect-over-page",
        Section.NAMES_TAGS_AND_LINKS,
        "`docs/data/redirects.yml` leads readers away from an address at which there is a page. Remove the line, or rename the page.",
    )
    REDIRECT_BROKEN = (
        "redirect-broken",
        Section.NAMES_TAGS_AND_LINKS,
        "`docs/data/redirects.yml` leads readers to a page that is not there. Write the address of one that is.",
    )
    REDIRECT_CIRCLE = (
        "redirect-circle",
        Section.NAMES_TAGS_AND_LINKS,
        "Entries of `docs/data/redirects.yml` lead to one another in a circle. Let one of them lead to a page.",
    )
    PAGE_NOT_FOUND = (
        "page-not-found",
        Section.NAMES_TAGS_AND_LINKS,
        "A command names a page that is not there, or two pages have that name. Write the name of its file, like `clam`, or `exercises/clam`.",
    )
    REMOVE_UNSAFE = (
        "remove-unsafe",
        Section.NAMES_TAGS_AND_LINKS,
        "The page cannot be removed: it is the first of its folder, or nothing says what readers of its address get instead.",
    )
    RENAME_UNSAFE = (
        "rename-unsafe",
        Section.NAMES_TAGS_AND_LINKS,
        "A page cannot be renamed by the command, or one that names it cannot be changed; nothing was changed. Fix what the message says, then run it again.",
    )
    NAME_TAKEN = (
        "name-taken",
        Section.NAMES_TAGS_AND_LINKS,
        "A page cannot be called index: that list is made automatically.",
    )
    SLUG_TWICE = (
        "slug-twice",
        Section.NAMES_TAGS_AND_LINKS,
        "Two files make the same page or tag. Rename one.",
    )
    PAGE_FOLDER = (
        "page-folder",
        Section.NAMES_TAGS_AND_LINKS,
        "A folder has a page's name. Put the page's file itself there, or rename the folder.",
    )
    PAGE_EXISTS = (
        "page-exists",
        Section.NAMES_TAGS_AND_LINKS,
        "`kinopress new` never overwrites a page. Open it, or choose a different title.",
    )
    TITLE_TWICE = (
        "title-twice",
        Section.NAMES_TAGS_AND_LINKS,
        "Two pages of the same kind have the same title. Change one of them (warning).",
    )
    TITLE_EMPTY = (
        "title-empty",
        Section.NAMES_TAGS_AND_LINKS,
        "The title needs letters from a to z, from which the file name is made.",
    )
    TITLE_LONG = (
        "title-long",
        Section.NAMES_TAGS_AND_LINKS,
        "A title has up to 120 characters, spaces included: lists, search results and shared links have no room for more. Put the rest into the description or the text.",
    )

    PLAN_BLOCKS = (
        "plan-blocks",
        Section.PLANS,
        "Each block needs a name. Write `loosen-a: [sciatic-slider]`.",
    )
    PLAN_DAYS = (
        "plan-days",
        Section.PLANS,
        "Each day needs its number. Write `1: {do: [loosen-a]}`.",
    )
    PLAN_DAY_UNKNOWN = (
        "plan-day-unknown",
        Section.PLANS,
        "A plan's days are numbered from 1 to 14.",
    )
    PLAN_DAY_MISSING = (
        "plan-day-missing",
        Section.PLANS,
        "Write the missing days too; a rest day counts as one.",
    )
    PLAN_DAY_EMPTY = (
        "plan-day-empty",
        Section.PLANS,
        "The day has no `do` and no `also`. Write one of them.",
    )
    PLAN_BLOCK_UNKNOWN = (
        "plan-block-unknown",
        Section.PLANS,
        "The day names a block that is not below `blocks`.",
    )
    PLAN_BLOCK_UNUSED = (
        "plan-block-unused",
        Section.PLANS,
        "No day uses the block. Use it or remove it (warning).",
    )
    PLAN_SESSION_FULL = (
        "plan-session-full",
        Section.PLANS,
        "The session has too many exercises. Remove some.",
    )
    PLAN_STRENGTH_CLOSE = (
        "plan-strength-close",
        Section.PLANS,
        "Two strength sessions are less than 48 hours apart. Put a lighter day in between.",
    )
    PLAN_PROGRESS_EARLY = (
        "plan-progress-early",
        Section.PLANS,
        "A day adds something before two sessions of its kind. Move `progress` to a later day, or remove it.",
    )
    PLAN_PROGRESS_CONDITION = (
        "plan-progress-condition",
        Section.PLANS,
        "`progress` begins with a condition, which readers then see twice. Write only what to add (warning).",
    )
    PLAN_MINUTES = (
        "plan-minutes",
        Section.PLANS,
        "The session is longer or shorter than `minutes_per_day`. Change one of the two.",
    )
    PLAN_AVOIDED = (
        "plan-avoided",
        Section.PLANS,
        "A symptom of the plan says to avoid this exercise or its kind.",
    )
    PLAN_TOO_OFTEN = (
        "plan-too-often",
        Section.PLANS,
        "The plan does an exercise on more days of a week than its page says. Change one of the two.",
    )
    PLAN_EXERCISE_TWICE = (
        "plan-exercise-twice",
        Section.PLANS,
        "An exercise appears twice in one session. Keep it in one place.",
    )
    PLAN_SWAP_SELF = (
        "plan-swap-self",
        Section.PLANS,
        "Something is swapped for itself. Name a different exercise or block.",
    )
    PLAN_SWAP_DOUBLED = (
        "plan-swap-doubled",
        Section.PLANS,
        "The session already has the exercise, so it would be done twice. Swap to another.",
    )
    PLAN_SWAP_HARDER = (
        "plan-swap-harder",
        Section.PLANS,
        "The replacement is harder than what it replaces. Swap to something easier (a warning where it is one exercise for another).",
    )
    PLAN_SWAP_UNUSED = (
        "plan-swap-unused",
        Section.PLANS,
        "No session has the exercise that is swapped. Remove the line (warning).",
    )
    PLAN_HARDER_FIRST = (
        "plan-harder-first",
        Section.PLANS,
        "An exercise comes a week after one that its pages call harder. Change the weeks or those pages.",
    )
    PLAN_EXERCISES_MAX = (
        "plan-exercises-max",
        Section.PLANS,
        "No session is as full as `exercises_max` allows. Write the lower number (warning).",
    )
    PLAN_FOR_AND_NOT_FOR = (
        "plan-for-and-not-for",
        Section.PLANS,
        "The plan is both for a symptom and not for it. Choose one.",
    )
    PLAN_NUMBER_IN_TEXT = (
        "plan-number-in-text",
        Section.PLANS,
        "Your text gives a number that the sessions do not bear out. Omit it (warning).",
    )
    PLAN_TEST_DAYS = (
        "plan-test-days",
        Section.PLANS,
        "Tests are done on day 0 and again on day 7, day 14 or both.",
    )
    PLAN_PAIN_ORDER = (
        "plan-pain-order",
        Section.PLANS,
        "Amber begins where green ends: give it the higher `max`.",
    )
    PLAN_PRIVATE = (
        "plan-private",
        Section.PLANS,
        "It is about one person. Remove it: every file here is public.",
    )

    CLIENT_NAME = (
        "client-name",
        Section.CLIENTS,
        "A client's folder is named in lower-case letters, numbers and hyphens. Initials and a number are enough.",
    )
    CLIENT_UNKNOWN = (
        "client-unknown",
        Section.CLIENTS,
        "There is no plan for a client of this name. `kinopress plan list` shows those there are.",
    )
    CLIENT_FROM = (
        "client-from",
        Section.CLIENTS,
        "There is no public plan of this name to begin with. Choose one of those that are named.",
    )
    CLIENT_EXISTS = (
        "client-exists",
        Section.CLIENTS,
        "This client has a plan. Write `--again` for the next one, which keeps the last one beside it.",
    )
    CLIENT_NUMBER = (
        "client-number",
        Section.CLIENTS,
        "`plan_id` was changed. Leave it as `kinopress plan new` wrote it, or make the plan again.",
    )
    CLIENT_MEASURED = (
        "client-measured",
        Section.CLIENTS,
        "A value cannot be used. Write the day, the check and one number, like `0: {toe-touch: -3}`.",
    )
    CLIENT_CONSENT = (
        "client-consent",
        Section.CLIENTS,
        "Nothing says that the client agreed. Ask, then write the day as `consent`; without it no file is made.",
    )
    CLIENT_DELETE = (
        "client-delete",
        Section.CLIENTS,
        "The day on which the plan was to be deleted has come. `kinopress plan forget` does it (warning).",
    )
    CLIENT_FOLDER = (
        "client-folder",
        Section.CLIENTS,
        "`clients` names a folder whose content would be published. Name one outside those of the site.",
    )
    CLIENT_COPY = (
        "client-copy",
        Section.CLIENTS,
        "A file of the site is, or holds, one that is in the folder of your clients. Remove it from the site.",
    )
    CLIENT_DAYS = (
        "client-days",
        Section.CLIENTS,
        "A day of a client's plan cannot be meant beside the others: the assessment has not come, consent is from long before it, or the plan is deleted before its end or kept for years. Correct the date (warning).",
    )
    CLIENT_REST = (
        "client-rest",
        Section.CLIENTS,
        "No day of a client's plan has an exercise. Write what is done on some of its days.",
    )
    CLIENT_SIDE = (
        "client-side",
        Section.CLIENTS,
        "A side is written for an exercise that both sides do at once. Remove it, or choose another exercise (warning).",
    )
    CLIENT_WORDS = (
        "client-words",
        Section.CLIENTS,
        "The text of a client's plan has a picture or a {{ block }}, which a file or a message cannot show. Remove it, or say it in words.",
    )
    CLIENT_UNSHOWN = (
        "client-unshown",
        Section.CLIENTS,
        "The plan names an exercise without a drawing or film, so the client has its words alone (warning).",
    )
    CLIENT_EARLIER = (
        "client-earlier",
        Section.CLIENTS,
        "The day has come on which an earlier plan of the client was to be deleted (`kinopress plan forget sk-1 --earlier` does it), or its day cannot be read (warning).",
    )
    CLIENT_EARLIER_NONE = (
        "client-earlier-none",
        Section.CLIENTS,
        "No earlier plan of the client is to be deleted yet. Without `--earlier` all of the client is deleted.",
    )
    CLIENT_OLD_FILE = (
        "client-old-file",
        Section.CLIENTS,
        "What was made for the client is older than the plan. Make it again with `kinopress plan make` before you send it (warning).",
    )
    CLIENT_SHARE_NEEDS = (
        "client-share-needs",
        Section.CLIENTS,
        "An encrypted page needs a library that is not installed. `pip install 'kinopress[private]'` does it.",
    )
    CLIENT_SHARE_UNTIL = (
        "client-share-until",
        Section.CLIENTS,
        "An encrypted page cannot be there until this day. Choose one after today, and no later than the plan's `delete_on`.",
    )
    CLIENT_SHARE_NONE = (
        "client-share-none",
        Section.CLIENTS,
        "This client has no encrypted page to withdraw. What was withdrawn goes with the next publication.",
    )
    CLIENT_SHARE_PLACE = (
        "client-share-place",
        Section.CLIENTS,
        "An encrypted page is not put where nobody can remove it again: a git branch, a zip file. Publish to a server, a bucket or a folder, or hand the plan over as a file (warning).",
    )
    CLIENT_SHARE_ADDRESS = (
        "client-share-address",
        Section.CLIENTS,
        "An encrypted page opens over `https://` alone, and `site_url` is missing or begins otherwise (warning). Set it before you send the link.",
    )
    CLIENT_SHARE_LEFT = (
        "client-share-left",
        Section.CLIENTS,
        "An encrypted page is at a place though its client is not here any more, or though nobody here knows it, or it could not be removed; or anybody can list the addresses (warning). The message says what to do.",
    )
    CLIENT_SHARE_WITHDRAWN = (
        "client-share-withdrawn",
        Section.CLIENTS,
        "Encrypted pages were removed, or were not put there because they had been withdrawn before, here or by another copy of this project (warning). Nothing is to be done, unless the client wants a page: encrypt it again.",
    )
    CLIENT_SHARE_LIST = (
        "client-share-list",
        Section.CLIENTS,
        "The list of encrypted pages that are out there is damaged, so they cannot be removed by it. Delete what is below `p/` on the site by hand, then delete the list.",
    )
    EXPORT_FOREIGN = (
        "export-foreign",
        Section.CLIENTS,
        "This text holds no export of a plan, or one of a plan that is not here. Use what the client's file made.",
    )
    EXPORT_DAMAGED = (
        "export-damaged",
        Section.CLIENTS,
        "Part of the export is missing or was altered. Ask the client to send all of it again, best as a file.",
    )
    EXPORT_NEWER = (
        "export-newer",
        Section.CLIENTS,
        "The export is of a newer edition of kinopress. Update it, then read the export again.",
    )

    SOURCES_MISSING = (
        "sources-missing",
        Section.WRITING,
        "The page, or the figure of a test, does not say what it rests on. Add `sources`; `[practice]` where no trial supports it (a note for a film or a draft).",
    )
    FIRST_PERSON_NOBODY = (
        "first-person-nobody",
        Section.WRITING,
        "An article in the first person needs your name, which is `coach.name` in `mkdocs.yml`.",
    )
    WORD_PROMISE = (
        "word-promise",
        Section.WRITING,
        "A word promises more than anybody knows. Write it as [WRITING.md](WRITING.md) says, or allow the phrase in `mkdocs.yml` (warning).",
    )
    CAUTION_MISSING = (
        "caution-missing",
        Section.WRITING,
        "No step of the exercise says when to stop. Add one of the kind `caution` (note).",
    )
    SOURCE_UNUSED = (
        "source-unused",
        Section.WRITING,
        "No page names this source. Cite it where it belongs, or leave it (note).",
    )
    READING_GRADE = (
        "reading-grade",
        Section.WRITING,
        "How hard the page is to read, as measured by `--reading`. Above grade 8, shorten sentences and words (note).",
    )
    READING_MISSING = (
        "reading-missing",
        Section.WRITING,
        "The part that measures reading is not installed. Use `python3 scripts/check.py --reading`.",
    )

    FILM_MISSING = (
        "film-missing",
        Section.FILMS_AND_CAPTIONS,
        "There is no film with the same name beside the page. A draft, or a page that waits for its day, may wait for it (warning). If only what was made from it earlier is here, and no longer fits, put the film back.",
    )
    FILM_KEPT = (
        "film-kept",
        Section.FILMS_AND_CAPTIONS,
        "The camera film is not on this computer; the site shows what was made from it earlier (note).",
    )
    FILM_ELSEWHERE = (
        "film-elsewhere",
        Section.FILMS_AND_CAPTIONS,
        "Neither the film nor what was made of it is on this computer; its page asks for the files that are published already. `kinopress publish` makes sure that they are there (warning).",
    )
    FILM_WITHOUT_PAGE = (
        "film-without-page",
        Section.FILMS_AND_CAPTIONS,
        "Nobody will see this film until it has a page (warning).",
    )
    FILM_TWICE = (
        "film-twice",
        Section.FILMS_AND_CAPTIONS,
        "Two films have the same name. Rename one.",
    )
    POSTER_OUTSIDE = (
        "poster-outside",
        Section.FILMS_AND_CAPTIONS,
        "The time chosen for the still picture is outside the film. The program chose one (warning).",
    )
    FILE_FOLDER = (
        "file-folder",
        Section.FILMS_AND_CAPTIONS,
        "Files in a folder inside `videos/` are not read. Move what belongs on the site directly into `videos/` (warning).",
    )
    FILM_FOLDER = (
        "film-folder",
        Section.FILMS_AND_CAPTIONS,
        "A folder has a film's name. Put the film itself there, or rename the folder.",
    )
    FILM_SAME = (
        "film-same",
        Section.FILMS_AND_CAPTIONS,
        "The same film is there under two names. Remove one if it is a mistake (warning).",
    )
    FILM_UNKNOWN = (
        "film-unknown",
        Section.FILMS_AND_CAPTIONS,
        "There is no film of that name. `kinopress video list` lists them all.",
    )
    FILM_EXISTS = (
        "film-exists",
        Section.FILMS_AND_CAPTIONS,
        "There is already a film of that name in `videos/`. Choose a different title.",
    )
    FILM_ENDING = (
        "film-ending",
        Section.FILMS_AND_CAPTIONS,
        "The file's name has an ending that is not known as a film's here. Rename it.",
    )
    TAGS_MISSING = ("tags-missing", Section.FILMS_AND_CAPTIONS, "A film needs at least one tag.")
    TRIM_WRONG = (
        "trim-wrong",
        Section.FILMS_AND_CAPTIONS,
        "The trim leaves nothing of the film. Write the earlier time first, and both within the film.",
    )
    TRIM_BEYOND = (
        "trim-beyond",
        Section.FILMS_AND_CAPTIONS,
        "The trim ends after the film does. The film is shown to its end (warning).",
    )
    POSTER_NAMED = (
        "poster-named",
        Section.FILMS_AND_CAPTIONS,
        "`poster` is a time in the film. A picture of your own goes beside the film as `videos/hip.poster.jpg`.",
    )
    POSTER_IMAGE = (
        "poster-image",
        Section.FILMS_AND_CAPTIONS,
        "Your own poster is not a picture that can be read. Put a JPEG, PNG, WebP or HEIC there.",
    )
    POSTER_ALONE = (
        "poster-alone",
        Section.FILMS_AND_CAPTIONS,
        "There is no film with the name of this poster (warning).",
    )
    POSTER_TWICE = (
        "poster-twice",
        Section.FILMS_AND_CAPTIONS,
        "Two posters belong to one film. Keep one (warning).",
    )
    CAPTIONS_TWICE = (
        "captions-twice",
        Section.FILMS_AND_CAPTIONS,
        "The same captions are there as WebVTT and as SubRip. Keep one (warning).",
    )
    CAPTIONS_BEYOND = (
        "captions-beyond",
        Section.FILMS_AND_CAPTIONS,
        "Some words come after the film's end. Are these the captions of this film (warning)?",
    )
    MEDIA_PRIVATE = (
        "media-private",
        Section.FILMS_AND_CAPTIONS,
        "Readers could see where, when or with what it was made. Replace it with a copy that does not say so.",
    )
    CAPTIONS_DRAFT = (
        "captions-draft",
        Section.FILMS_AND_CAPTIONS,
        "A draft of captions, which nobody sees: correct it and rename it (note). `kinopress captions` replaces none.",
    )
    CAPTIONS_MODEL = (
        "captions-model",
        Section.FILMS_AND_CAPTIONS,
        "What drafts captions is not installed, or there is no model in the folder that `captions_model` names.",
    )
    CAPTIONS_NAME = (
        "captions-name",
        Section.FILMS_AND_CAPTIONS,
        "The name does not say what these captions are, so perhaps nobody will see them. Rename the file as the message says (warning).",
    )
    CAPTIONS_ALONE = (
        "captions-alone",
        Section.FILMS_AND_CAPTIONS,
        "There is no film with the name of these captions (warning).",
    )
    CAPTIONS_HEADER = (
        "captions-header",
        Section.FILMS_AND_CAPTIONS,
        "The first line must be `WEBVTT`.",
    )
    CAPTIONS_TIME = (
        "captions-time",
        Section.FILMS_AND_CAPTIONS,
        "Write the times like `00:04.000 --> 00:07.500`.",
    )
    CAPTIONS_ORDER = (
        "captions-order",
        Section.FILMS_AND_CAPTIONS,
        "The second time must be later than the first.",
    )
    CAPTIONS_EMPTY = (
        "captions-empty",
        Section.FILMS_AND_CAPTIONS,
        "There are no words below the times (warning).",
    )
    CAPTIONS_FORMAT = (
        "captions-format",
        Section.FILMS_AND_CAPTIONS,
        "These are captions in a different format, or words without times. Export them as SubRip or WebVTT.",
    )
    CAPTIONS_LEFT_OUT = (
        "captions-left-out",
        Section.FILMS_AND_CAPTIONS,
        "Browsers do not show these words or this styling. Give the words times of their own, or remove them (warning).",
    )
    CAPTIONS_PLACE = (
        "captions-place",
        Section.FILMS_AND_CAPTIONS,
        "A drone or camera wrote where it was. Remove the file, or write what is said.",
    )
    MEDIA_MISSING = (
        "media-missing",
        Section.FILMS_AND_CAPTIONS,
        "The film is missing. Put it back.",
    )
    MEDIA_NAME = (
        "media-name",
        Section.FILMS_AND_CAPTIONS,
        "The file's name contains characters that are not text. Rename it.",
    )
    MEDIA_NOT_A_FILE = (
        "media-not-a-file",
        Section.FILMS_AND_CAPTIONS,
        "A folder or something else has a film's name.",
    )
    MEDIA_EMPTY = (
        "media-empty",
        Section.FILMS_AND_CAPTIONS,
        "The file has 0 bytes. Copy it again.",
    )
    MEDIA_UNREADABLE = (
        "media-unreadable",
        Section.FILMS_AND_CAPTIONS,
        "You may not read the file, or its disk is not connected.",
    )
    MEDIA_PLAYLIST = (
        "media-playlist",
        Section.FILMS_AND_CAPTIONS,
        "It is a list of films, not a film.",
    )
    MEDIA_NOT_A_VIDEO = (
        "media-not-a-video",
        Section.FILMS_AND_CAPTIONS,
        "It is not a film, whatever its name says. Export it as MP4 or MOV.",
    )
    MEDIA_UNFINISHED = (
        "media-unfinished",
        Section.FILMS_AND_CAPTIONS,
        "The recording is incomplete. Copy it from the camera again.",
    )
    MEDIA_TRUNCATED = (
        "media-truncated",
        Section.FILMS_AND_CAPTIONS,
        "The film was cut off, or what follows its damaged middle cannot be found. Copy it from the camera again.",
    )
    MEDIA_NO_PICTURE = ("media-no-picture", Section.FILMS_AND_CAPTIONS, "It holds sound only.")
    MEDIA_DAMAGED = (
        "media-damaged",
        Section.FILMS_AND_CAPTIONS,
        "None of its pictures can be read. Export it again.",
    )
    MEDIA_SHAPE = (
        "media-shape",
        Section.FILMS_AND_CAPTIONS,
        "The film asks to be shown in an impossible shape. Export it again with square pixels.",
    )
    MEDIA_TOO_SMALL = (
        "media-too-small",
        Section.FILMS_AND_CAPTIONS,
        "The picture is too small to be a film.",
    )
    MEDIA_TOO_LARGE = (
        "media-too-large",
        Section.FILMS_AND_CAPTIONS,
        "The picture is larger than 8K. Export it smaller.",
    )
    MEDIA_TOO_LONG = (
        "media-too-long",
        Section.FILMS_AND_CAPTIONS,
        "It is longer than three hours, or its time stamps are damaged.",
    )
    MEDIA_TIME_STAMPS = (
        "media-time-stamps",
        Section.FILMS_AND_CAPTIONS,
        "Its times contradict its length, or its clock starts again in the middle, as happens when recordings are copied into one file. Put each into `videos/` as a film of its own, or export an MP4.",
    )
    MEDIA_PICTURE_ENDS = (
        "media-picture-ends",
        Section.FILMS_AND_CAPTIONS,
        "The picture ends before the film does; the last picture is shown until the end (warning).",
    )
    MEDIA_PICTURE_LOST = (
        "media-picture-lost",
        Section.FILMS_AND_CAPTIONS,
        "Some of the picture is damaged, and it freezes there (warning). Copy the film from the camera again.",
    )
    MEDIA_PICTURES = (
        "media-pictures",
        Section.FILMS_AND_CAPTIONS,
        "The file has more than one picture, as of two cameras; the one marked as the film's, else the one that lasts or is larger, is shown (warning). Export the film with the one you mean.",
    )
    MEDIA_LOWERED = (
        "media-lowered",
        Section.FILMS_AND_CAPTIONS,
        "Some web videos came out larger than the film, which is stored in few bytes, so they were made at a lower quality or left out (warning, when they are made). Use a better copy if you have one.",
    )
    MEDIA_PART_MISSING = (
        "media-part-missing",
        Section.FILMS_AND_CAPTIONS,
        "A part is missing from the middle of the film, which goes on without it (warning). Copy the film from the camera again.",
    )
    MEDIA_SOUND_LOST = (
        "media-sound-lost",
        Section.FILMS_AND_CAPTIONS,
        "Some of the sound is damaged, and it is silent there (warning). Copy the film from the camera again.",
    )
    MEDIA_SOUND_MISSING = (
        "media-sound-missing",
        Section.FILMS_AND_CAPTIONS,
        "The sound begins late, ends early or has a gap (warning). If that is not intended, copy the film from the camera again, export it again, or trim it.",
    )
    MEDIA_SOUND_UNREADABLE = (
        "media-sound-unreadable",
        Section.FILMS_AND_CAPTIONS,
        "The sound is stored in a way that cannot be read here, and the film is silent (warning). Export it with its sound as AAC.",
    )
    MEDIA_ENDING = (
        "media-ending",
        Section.FILMS_AND_CAPTIONS,
        "It works, but its name ends like that of a different kind of film (warning).",
    )
    MEDIA_TIMEOUT = (
        "media-timeout",
        Section.FILMS_AND_CAPTIONS,
        "Encoding took far too long and was stopped. Export it as H.264 in an MP4.",
    )
    MEDIA_ENCODE_FAILED = (
        "media-encode-failed",
        Section.FILMS_AND_CAPTIONS,
        "Something in the film cannot be read. Export it as H.264 in an MP4; if that fails too, report it with `.kinopress/media/last-failure.log`.",
    )
    MEDIA_VERIFY_FAILED = (
        "media-verify-failed",
        Section.FILMS_AND_CAPTIONS,
        "What FFmpeg made was wrong. Run it again; if it happens again, export the film as H.264 with AAC sound in an MP4; if that fails too, report it.",
    )
    MEDIA_CHANGED = (
        "media-changed",
        Section.FILMS_AND_CAPTIONS,
        "The film changed while it was being encoded. Wait until it has been copied, then run it again.",
    )
    MEDIA_STORE_FAILED = (
        "media-store-failed",
        Section.FILMS_AND_CAPTIONS,
        "The web videos could not be stored. Make sure that you are allowed to write in the folder it names.",
    )
    MEDIA_STORED_DAMAGED = (
        "media-stored-damaged",
        Section.FILMS_AND_CAPTIONS,
        "A stored film was damaged and was made again (warning).",
    )
    MEDIA_DISK_FULL = (
        "media-disk-full",
        Section.FILMS_AND_CAPTIONS,
        "The disk is full. Make room; nothing finished was lost.",
    )
    FFMPEG_ENDED = (
        "ffmpeg-ended",
        Section.FILMS_AND_CAPTIONS,
        "The computer stopped FFmpeg part of the way through, usually because it ran out of memory. Close other programs and run it again.",
    )
    MEDIA_BUSY = (
        "media-busy",
        Section.FILMS_AND_CAPTIONS,
        "Kinopress is already running, for a build or the preview. Wait until it has finished, or stop it in its own window.",
    )
    CLUSTER_ADDRESS = (
        "cluster-address",
        Section.FILMS_AND_CAPTIONS,
        "What is given to `--scheduler` or `video worker` is not an address. Write it as `tcp://name:8786`.",
    )
    CLUSTER_MISSING = (
        "cluster-missing",
        Section.FILMS_AND_CAPTIONS,
        "The part that encodes on several computers is not installed. The message says which command installs it.",
    )
    CLUSTER_LOST = (
        "cluster-lost",
        Section.FILMS_AND_CAPTIONS,
        "The scheduler cannot be reached, or no longer. Start it, or check its address and the network, then run this again; parts that had come back are kept.",
    )
    CLUSTER_WORKERS = (
        "cluster-workers",
        Section.FILMS_AND_CAPTIONS,
        "No computer is there that can encode. The message says why each one cannot; parts that had come back are kept.",
    )
    CLUSTER_LEFT_OUT = (
        "cluster-left-out",
        Section.FILMS_AND_CAPTIONS,
        "One of the computers could not take part, and its parts were made elsewhere: its disk is full, its version is another, or it does not find the film (warning).",
    )
    CLUSTER_BUSY = (
        "cluster-busy",
        Section.FILMS_AND_CAPTIONS,
        "Another computer has the same film encoded by the same scheduler. Wait until it has finished.",
    )
    FFMPEG_MISSING = (
        "ffmpeg-missing",
        Section.FILMS_AND_CAPTIONS,
        "No FFmpeg was found that can make web videos; the computer's own must be 5.1 or newer, with zscale. The message says which command installs one.",
    )

    POSE_FILE = (
        "pose-file",
        Section.FIGURES,
        "A pose file is beside its exercise and has its name and the ending `.pose.yml`. Nobody would see the figure of this one (warning).",
    )
    FIGURE_MISSING = (
        "figure-missing",
        Section.FIGURES,
        "No exercise of that name has a pose file. It goes next to the exercise: `exercises/clam.pose.yml`.",
    )
    POSE_JOINT = (
        "pose-joint",
        Section.FIGURES,
        "A joint or a movement has no such name. The message lists those there are.",
    )
    POSE_PLACE = (
        "pose-place",
        Section.FIGURES,
        "A place of the body has no such name. Sides are `R` and `L`: `R heel`.",
    )
    POSE_RANGE = (
        "pose-range",
        Section.FIGURES,
        "An angle is beyond what the joint can do. The message says how far it goes.",
    )
    POSE_NAME = (
        "pose-name",
        Section.FIGURES,
        "There is no pose of that name, or it comes further down. A pose begins from one above it.",
    )
    FIGURE_LONG = (
        "figure-long",
        Section.FIGURES,
        "A pose file has more poses or steps than the figure of one exercise needs. Keep those in which something new begins.",
    )
    POSE_MUSCLE = (
        "pose-muscle",
        Section.FIGURES,
        "No muscle of that name can be shown. Write the file name of its page, with its side: `L piriformis`.",
    )
    POSE_NUMBER = (
        "pose-number",
        Section.FIGURES,
        "A number is wanted, or as many numbers as the message says.",
    )
    POSE_THING = (
        "pose-thing",
        Section.FIGURES,
        "A thing in the picture is not described as it should be. The message shows how.",
    )
    FIGURE_RANGE = (
        "figure-range",
        Section.FIGURES,
        "To meet its contacts, a joint would have to go beyond what it can do. Ask for less.",
    )
    FIGURE_FLOOR = (
        "figure-floor",
        Section.FIGURES,
        "Part of the body would be in the floor, a wall or a box. Name what rests there.",
    )
    FIGURE_CROSSING = (
        "figure-crossing",
        Section.FIGURES,
        "Two limbs would be in one another. Move one of them aside.",
    )
    FIGURE_CONTACT = (
        "figure-contact",
        Section.FIGURES,
        "A contact was not quite met, or an angle had to give way to one (a note).",
    )
    FIGURE_BALANCE = (
        "figure-balance",
        Section.FIGURES,
        "Nobody could stand, kneel or sit like that without falling over (warning).",
    )
    FIGURE_FILM = (
        "figure-film",
        Section.FIGURES,
        "Where the film of a figure should go, there is a file that `kinopress figure` did not write, or that was changed since. It is left as it is.",
    )
    FIGURE_MUSCLE = (
        "figure-muscle",
        Section.FIGURES,
        "A muscle is said to be stretched and gets no longer, or to work and would get no shorter by the movement of the arrow (warning). Often it is the other side.",
    )
    FIGURE_WORDS = (
        "figure-words",
        Section.FIGURES,
        "A drawing contradicts the words of its step: a knee is bent where the step says straight (warning). Change the pose, the words, or the step's `frame`.",
    )
    FIGURE_HIDDEN = (
        "figure-hidden",
        Section.FIGURES,
        "No still of a figure shows a muscle that works or is stretched: it is hidden in this view, or its step is not a still (warning). The page's key leaves it out.",
    )
    FIGURE_PRESSED = (
        "figure-pressed",
        Section.FIGURES,
        "Parts of the body that may lie on one another are pressed deep into each other (a note).",
    )
    FIGURE_ORDER = (
        "figure-order",
        Section.FIGURES,
        "Two parts of the body pass one another, and the moving picture shows one of them in front all the time (a note). Another view often hides it.",
    )
    POSE_SECONDS = (
        "pose-seconds",
        Section.FIGURES,
        "A figure counts or names seconds that neither the dosage nor the steps of its exercise have (warning).",
    )
    USAGE = (
        "usage",
        Section.SETTINGS_AND_THE_COMPUTER,
        "The command cannot be understood: an option it does not have, or a word too many or too few. `--help` shows what it takes.",
    )
    PROJECT_MISSING = (
        "project-missing",
        Section.SETTINGS_AND_THE_COMPUTER,
        "There is no `mkdocs.yml` here. Go to the project's folder.",
    )
    SETTING_UNKNOWN = (
        "setting-unknown",
        Section.SETTINGS_AND_THE_COMPUTER,
        "There is no such setting. See the tables above.",
    )
    SETTINGS_PLUGIN = (
        "settings-plugin",
        Section.SETTINGS_AND_THE_COMPUTER,
        "Leave `kinopress` among the `plugins`: it makes the pages.",
    )
    SETTINGS_THEME = (
        "settings-theme",
        Section.SETTINGS_AND_THE_COMPUTER,
        "Leave the theme as it is, `material`: the pages are designed for it.",
    )
    SETTING_UNUSED = (
        "setting-unused",
        Section.SETTINGS_AND_THE_COMPUTER,
        "It would have no effect here: the pages have their own menu, Markdown and search, and all settings are in this one file. Remove the line.",
    )
    SETTING_FILE = (
        "setting-file",
        Section.SETTINGS_AND_THE_COMPUTER,
        "A style sheet, a logo or an icon that is named there is not in `docs/`, or is of another kind. Put it there (a logo as SVG or PNG), or remove the line.",
    )
    SITE_EXISTS = (
        "site-exists",
        Section.SETTINGS_AND_THE_COMPUTER,
        "`kinopress init` would write over a file that is there, or into another site. Choose a different folder.",
    )
    WORDS_UNKNOWN = (
        "words-unknown",
        Section.SETTINGS_AND_THE_COMPUTER,
        "A line of `docs/data/words.yml` replaces words that the program does not have. Copy them from a page exactly as they are there.",
    )
    WORDS_BLANKS = (
        "words-blanks",
        Section.SETTINGS_AND_THE_COMPUTER,
        "Your own words in `docs/data/words.yml` need the same names in braces, like `{n}`, as the words they replace: a value is put there.",
    )
    SETTINGS_COLOUR = (
        "settings-colour",
        Section.SETTINGS_AND_THE_COMPUTER,
        'It is not a colour. Write a name like `indigo`, or a code of six digits in quotes, like `"#1b5b57"`.',
    )
    SETTINGS_DOCS = (
        "settings-docs",
        Section.SETTINGS_AND_THE_COMPUTER,
        "Remove the line `docs_dir`.",
    )
    SETTINGS_OUTPUT = (
        "settings-output",
        Section.SETTINGS_AND_THE_COMPUTER,
        "`site_dir` must be a folder of its own, empty or with a site in it. Or a file that was not made by a build, or that has been changed since, is where the site must write: move it away.",
    )
    OUTPUT_FOREIGN = (
        "output-foreign",
        Section.SETTINGS_AND_THE_COMPUTER,
        "Something in the output folder was not made by a build. It was left there; readers may see it (warning).",
    )
    OUTPUT_KEPT = (
        "output-kept",
        Section.SETTINGS_AND_THE_COMPUTER,
        "What was in the output folder and could not stay there was moved next to it, for you to look through (warning).",
    )
    SETTINGS_TIMEZONE = (
        "settings-timezone",
        Section.SETTINGS_AND_THE_COMPUTER,
        "Write the time zone like `Europe/London`.",
    )
    SETTINGS_HELP = (
        "settings-help",
        Section.SETTINGS_AND_THE_COMPUTER,
        "`help` names a file of `docs/data/`, like `docs/data/help-nz.yml`.",
    )
    SETTINGS_EMAIL = (
        "settings-email",
        Section.SETTINGS_AND_THE_COMPUTER,
        "That is not an e-mail address.",
    )
    SETTINGS_PHONE = (
        "settings-phone",
        Section.SETTINGS_AND_THE_COMPUTER,
        "That is not a single telephone number, or it is too short to be one.",
    )
    SETTINGS_HOURS = (
        "settings-hours",
        Section.SETTINGS_AND_THE_COMPUTER,
        "Opening hours that cannot be read. Write them like `Mon–Fri 09:00–17:00`.",
    )
    SETTINGS_FORM = (
        "settings-form",
        Section.SETTINGS_AND_THE_COMPUTER,
        "The hidden field of the form needs a name of its own, as your form service asks for it.",
    )
    SETTINGS_LONG = (
        "settings-long",
        Section.SETTINGS_AND_THE_COMPUTER,
        "A promise, a greeting, a thing you measure and what happens if somebody cannot come have up to 300 characters each. Write the rest as the text of a page.",
    )
    SETTINGS_URL = (
        "settings-url",
        Section.SETTINGS_AND_THE_COMPUTER,
        "A web address begins with https://, holds no password, and leads every reader to the same place.",
    )
    SETTINGS_MKDOCS = (
        "settings-mkdocs",
        Section.SETTINGS_AND_THE_COMPUTER,
        "MkDocs cannot use a line of `mkdocs.yml`. Fix the one the message names.",
    )
    SETTINGS_HOOK = (
        "settings-hook",
        Section.SETTINGS_AND_THE_COMPUTER,
        "A hook that `mkdocs.yml` names cannot be run. Correct it, or remove it there.",
    )
    SITE_BUILDER = (
        "site-builder",
        Section.SETTINGS_AND_THE_COMPUTER,
        "MkDocs itself has a complaint. Fix what it names.",
    )
    STAGE_FOLDER = (
        "stage-folder",
        Section.SETTINGS_AND_THE_COMPUTER,
        "The folder for `kinopress stage` must not hold your sources, your home or the disk.",
    )
    STAGE_NOT_EMPTY = (
        "stage-not-empty",
        Section.SETTINGS_AND_THE_COMPUTER,
        "That folder contains other things. Name a new or empty one.",
    )
    CLOCK_WRONG = (
        "clock-wrong",
        Section.SETTINGS_AND_THE_COMPUTER,
        "The clock of this computer is years behind, so pages would be held back until their day. Set its date and time.",
    )
    CANNOT_WRITE = (
        "cannot-write",
        Section.SETTINGS_AND_THE_COMPUTER,
        "The disk is full, you may not write in the folder, something else is in its place, or a file of the program itself is missing.",
    )
    CANNOT_OPEN = (
        "cannot-open",
        Section.SETTINGS_AND_THE_COMPUTER,
        "You may not look into a folder, or not read a file, that a command needs. Give yourself the right to, in its properties or with the command that the message names.",
    )
    BACK_UNKNOWN = (
        "back-unknown",
        Section.SETTINGS_AND_THE_COMPUTER,
        "No earlier site is kept, or none is called so. `kinopress back --list` shows them.",
    )
    BACK_UNKEPT = (
        "back-unkept",
        Section.SETTINGS_AND_THE_COMPUTER,
        "Something in `.kinopress/releases/` is in the way, or nothing can be written there, so the site that was replaced is not kept (warning).",
    )
    BACK_CHANGED = (
        "back-changed",
        Section.SETTINGS_AND_THE_COMPUTER,
        "Somebody changed a file in `.kinopress/releases/`, so that site is not put back. Choose another one.",
    )
    PORT_TAKEN = (
        "port-taken",
        Section.SETTINGS_AND_THE_COMPUTER,
        "Another program uses that port, or this computer does not let you use it. Use `--port 8001`.",
    )
    SETTINGS_PUBLISH = (
        "settings-publish",
        Section.PUBLISHING,
        "A place to publish to is not described as it should be. The message says how.",
    )
    SETTINGS_SECRET = (
        "settings-secret",
        Section.PUBLISHING,
        "A password or a token is in `mkdocs.yml`, which is copied and shown to others. Remove it, and make a new one.",
    )
    PUBLISH_PLACE = (
        "publish-place",
        Section.PUBLISHING,
        "No place to publish to is set, none is called so, or there are several and one must be named with `--to`.",
    )
    PUBLISH_HOST = (
        "publish-host",
        Section.PUBLISHING,
        "The host cannot be reached, does not accept the login, or is full. Readers still get the previous release.",
    )
    PUBLISH_BUSY = (
        "publish-busy",
        Section.PUBLISHING,
        "Somebody else published there at the same moment. Nothing of theirs was overwritten; run it again.",
    )
    PUBLISH_RECORD = (
        "publish-record",
        Section.PUBLISHING,
        "The list of published files on the host, `release.json`, is damaged or of a later version.",
    )
    PUBLISH_IN_THE_WAY = (
        "publish-in-the-way",
        Section.PUBLISHING,
        "Something that Kinopress did not put there is where the site must write. Move it away, or choose another place.",
    )
    PUBLISH_OTHER_SITE = (
        "publish-other-site",
        Section.PUBLISHING,
        "A site with another address is published there. If it is this one, and its address has changed, use `--adopt`.",
    )
    PUBLISH_LIMIT = (
        "publish-limit",
        Section.PUBLISHING,
        "The host does not take so large a file or site. Nothing was sent.",
    )
    PUBLISH_FILM = (
        "publish-film",
        Section.PUBLISHING,
        "A film is neither on this computer nor at the place that is published to. Publish there once from the computer that has it.",
    )
    PUBLISH_TERMS = (
        "publish-terms",
        Section.PUBLISHING,
        "The terms of the host exclude some kinds of sites, or it takes this site only with a plan that is paid for. Read its terms before you rely on it (warning).",
    )
    PUBLISH_CHANGED = (
        "publish-changed",
        Section.PUBLISHING,
        "A file in the site's folder is no longer as it was built. Move it away if you changed it, then build again: `kinopress build`.",
    )
    PUBLISH_NAME = (
        "publish-name",
        Section.PUBLISHING,
        "A file has a name that not every host can hold. Give it one of letters, digits and hyphens.",
    )
    PUBLISH_NOT_LIVE = (
        "publish-not-live",
        Section.PUBLISHING,
        "The release is on the host, but the site's address does not show all of it yet. Wait, then run `kinopress status`.",
    )
    PUBLISH_BROKE_OFF = (
        "publish-broke-off",
        Section.PUBLISHING,
        "A publication was ended while it changed the pages there, so readers may meet pages of both releases; every link works. Run `kinopress publish` again.",
    )
    ROLLBACK_UNKNOWN = (
        "rollback-unknown",
        Section.PUBLISHING,
        "There is no earlier release on the host, or its files are not there any more.",
    )
