"""The names that may be in a published SVG drawing (SVG 2, CSS 2.2): what draws, and how."""

from __future__ import annotations

_ELEMENTS = """
    svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath
    linearGradient radialGradient stop clipPath mask pattern marker filter feBlend feColorMatrix
    feComposite feFlood feGaussianBlur feMerge feMergeNode feOffset feDropShadow style
"""
ELEMENTS = frozenset(_ELEMENTS.split())
"""Elements that draw something, or hold what does."""

_PROPERTIES = """
    alignment-baseline clip-path clip-rule color color-interpolation color-interpolation-filters
    direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-
    opacity font font-family font-size font-style font-variant font-weight isolation letter-
    spacing line-height marker marker-end marker-mid marker-start mask mix-blend-mode opacity
    overflow paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-
    dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-
    anchor text-decoration text-rendering vector-effect visibility word-spacing writing-mode
"""
PROPERTIES = frozenset(_PROPERTIES.split())
"""Attributes and properties of styles that say how something looks."""

_MEASURED = """
    cx cy d dx dy fx fy fr gradientTransform gradientUnits height k1 k2 k3 k4 lengthAdjust
    markerHeight markerUnits markerWidth maskContentUnits maskUnits mode offset operator orient
    patternContentUnits patternTransform patternUnits points preserveAspectRatio primitiveUnits
    clipPathUnits filterUnits r refX refY rotate rx ry spreadMethod startOffset stdDeviation
    textLength transform transform-origin type values version viewBox width x x1 x2 y y1 y2
    baseProfile
"""
MEASURED = frozenset(_MEASURED.split())
"""Attributes made of numbers and of a few words."""

_WORDS = """
    px em ex rem mm cm pt pc in deg rad grad turn matrix translate rotate scale skewX skewY
    userSpaceOnUse objectBoundingBox strokeWidth none auto meet slice pad reflect repeat center
    xMinYMin xMidYMin xMaxYMin xMinYMid xMidYMid xMaxYMid xMinYMax xMidYMax xMaxYMax left right
    top bottom start SourceGraphic SourceAlpha BackgroundImage BackgroundAlpha FillPaint
    StrokePaint normal multiply screen overlay darken lighten over out atop xor lighter arithmetic
    saturate hueRotate luminanceToAlpha reverse spacing spacingAndGlyphs tiny basic full
"""
WORDS = frozenset(_WORDS.split())
"""The words that measures and modes are made of."""
