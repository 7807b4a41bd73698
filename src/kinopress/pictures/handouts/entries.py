"""The entries that may be in a published PDF (ISO 32000-1): pages, what they show, links, marks for screen readers."""

from __future__ import annotations

_ENTRIES = """
    Type Subtype Pages Kids Parent Count Resources MediaBox CropBox BleedBox TrimBox ArtBox Rotate
    Contents Annots Tabs StructParents StructParent UserUnit Group S CS I K ExtGState ColorSpace
    Pattern Shading XObject Font ProcSet Properties Lang ViewerPreferences DisplayDocTitle
    MarkInfo Marked PageMode PageLayout PageLabels P St
    Length Filter DecodeParms Predictor Colors BitsPerComponent Columns EarlyChange BlackIs1
    EndOfLine EncodedByteAlign Rows EndOfBlock DamagedRowsBeforeError ColorTransform Width Height
    ImageMask Mask SMask SMaskInData Decode Interpolate Intent BBox Matrix FormType Matte
    JBIG2Globals
    BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts
    CIDSystemInfo Registry Ordering Supplement W DW W2 DW2 CIDToGIDMap FontName FontFamily
    FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight
    StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet CIDSet Length1
    Length2 Length3 Differences BaseEncoding CharProcs FontMatrix CMapName WMode UseCMap Style
    N Alternate Range WhitePoint BlackPoint Gamma FunctionType Domain Functions Bounds Encode Size
    Order C0 C1 PatternType PaintType TilingType XStep YStep ShadingType Background AntiAlias
    Coords Function Extend BitsPerCoordinate BitsPerFlag VerticesPerRow LW LC LJ ML D RI OP op OPM
    BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM CA ca AIS TK G BC
    Rect Border BS H A F C QuadPoints URI Dest Outlines First Last Next Prev Title Names Dests
    Limits Nums
    StructTreeRoot ParentTree ParentTreeNextKey RoleMap ClassMap Pg Alt ActualText E Obj MCID O
    Placement WritingMode SpaceBefore SpaceAfter StartIndent EndIndent TextIndent TextAlign
    BlockAlign InlineAlign ListNumbering RowSpan ColSpan Headers Scope Summary ID Suspects Stm
    IDTree
"""
ENTRIES = frozenset(_ENTRIES.split())
"""Every entry that is known to be seen, heard or needed for it."""

_NAMED_BY_THE_FILE = """
    CharProcs ClassMap ColorSpace Dests ExtGState Font Pattern Properties RoleMap Shading XObject
"""
NAMED_BY_THE_FILE = frozenset(_NAMED_BY_THE_FILE.split())
"""Under these, names are the file's own; its pages call its parts by them."""

_STRINGS = """
    ActualText Alt CharSet D Dest E FontFamily Headers ID Lang Limits Lookup Names Ordering
    Registry Scope Summary Title URI
"""
STRINGS = frozenset(_STRINGS.split())
"""Entries whose words readers see, hear or need."""
