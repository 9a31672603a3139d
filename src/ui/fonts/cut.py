"""
Cuts Fira Sans, as it comes with @kern-ux/native, down to the letters of Western and Central European languages: 270 KB become 45,
and a page with everything it needs stays below 100 KB. The licence wants another name for a changed font. What is missing here
comes from the whole font, see fonts.css.

    python3 -m venv /tmp/cut && /tmp/cut/bin/pip install fonttools==4.66.1 brotli==1.2.0
    /tmp/cut/bin/python src/ui/fonts/cut.py
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

here = Path(__file__).parent
source = here / "../../../node_modules/@kern-ux/native/dist/fonts/fira-sans"
letters = (
    "U+0020-007E,U+00A0-017F,U+0192,U+0218-021B,U+02C6,U+02DA,U+02DC,U+1E9E,U+2010-2015,U+2018-201E,U+2020-2022,"
    "U+2026,U+202F,U+2030,U+2039,U+203A,U+2044,U+20AC,U+2122,U+2190-2193,U+2212"
)

for weight in ("Regular", "SemiBold"):
    font = TTFont(source / f"FiraSans-{weight}.woff2")
    options = subset.Options(layout_features=["kern", "liga", "locl", "ccmp", "mark", "tnum", "case"], name_IDs=["*"])
    options.flavor = "woff2"
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(letters))
    cutter.subset(font)
    for record in font["name"].names:
        text = record.toUnicode()
        if record.nameID in (1, 3, 4, 6, 16, 18, 21):
            record.string = text.replace("Fira Sans", "Rennsteig Text").replace("FiraSans", "RennsteigText")
    font.save(here / f"RennsteigText-{weight}.woff2")
