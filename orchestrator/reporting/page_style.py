"""The page's colours, in a light and a dark scheme, and its style sheet. PAIRS has every text with what it stands on; a test computes their contrast."""

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "page": "#f4f6f8",
    "card": "#ffffff",
    "sunk": "#eef1f4",
    "ink": "#16202c",
    "soft": "#4b5766",
    "line": "#d3dae2",
    "edge": "#7d8896",
    "link": "#0b57b7",
    "good": "#14703a",
    "good-bg": "#e2f4e8",
    "bad": "#b3201a",
    "bad-bg": "#fde9e7",
    "doubt": "#7a4b00",
    "doubt-bg": "#fdf0d5",
    "sign": "#ffffff",
    "lab": "#ffd23f",
    "lab-ink": "#1c1600",
}
DARK: Mapping[str, str] = {
    "page": "#0e1318",
    "card": "#171e26",
    "sunk": "#1f2832",
    "ink": "#e8edf2",
    "soft": "#a9b5c2",
    "line": "#313c49",
    "edge": "#7e8b99",
    "link": "#8fbcff",
    "good": "#5ad17f",
    "good-bg": "#12301e",
    "bad": "#ff9c93",
    "bad-bg": "#3b1715",
    "doubt": "#f0bd5a",
    "doubt-bg": "#352708",
    "sign": "#0e1318",
    "lab": "#ffd23f",
    "lab-ink": "#1c1600",
}

TEXT, SHAPE = 4.5, 3.0
"""The least contrast of texts, and of shapes that carry a meaning (WCAG 2.2, 1.4.3 and 1.4.11)."""

PAIRS: tuple[tuple[str, str, float], ...] = (
    *((ink, ground, TEXT) for ink in ("ink", "soft", "link") for ground in ("page", "card", "sunk")),
    *((ink, ground, TEXT) for ink in ("good", "bad", "doubt") for ground in ("card", "sunk", f"{ink}-bg")),
    *(("ink", f"{tone}-bg", TEXT) for tone in ("good", "bad", "doubt")),
    *(("sign", tone, TEXT) for tone in ("good", "bad", "doubt", "ink")),
    ("lab-ink", "lab", TEXT),
    *(("edge", ground, SHAPE) for ground in ("page", "card", "sunk")),
    *((tone, ground, SHAPE) for tone in ("good", "bad", "doubt", "link") for ground in ("page", "card", "sunk")),
)


def _variables(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())


STYLE = (
    f"""
:root{{color-scheme:light dark;{_variables(LIGHT)}}}
@media (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}
"""
    + """
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
.wide{max-width:70rem;margin:0 auto;padding-inline:1rem}
.skip{position:absolute;left:-100vw}
.skip:focus{left:1rem;top:.5rem;z-index:2;background:var(--card);padding:.5rem 1rem;border-radius:.4rem}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:.25rem}
code,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace;font-size:.9em;overflow-wrap:anywhere}
h1,h2,h3{line-height:1.25;margin:0;overflow-wrap:anywhere}
h1{font-size:1.75rem;letter-spacing:-.01em}
h2{font-size:1.25rem;margin-bottom:1rem}
h3{font-size:1rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0}
.soft{color:var(--soft)}
.small{font-size:.875rem}
.lab{background:var(--lab);color:var(--lab-ink);font-weight:600}
.lab .wide{padding-top:.75rem;padding-bottom:.75rem}
.lab strong{letter-spacing:.06em;margin-right:.6em}
header.top{padding-top:2rem}
.eyebrow{color:var(--soft);font-size:.875rem;margin:0 0 .25rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem .5rem;padding:0;margin:1.25rem 0 0}
nav a{display:inline-block;padding:.35rem .75rem;border:1px solid var(--line);border-radius:2rem;background:var(--card);text-decoration:none;font-size:.9rem}
nav a:hover{border-color:var(--link)}
main{padding-block:1.25rem 2rem}
section{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.5rem;margin:0 0 1.25rem}
.verdict{border-left-width:.5rem}
.verdict h2{font-size:1.5rem;display:flex;gap:.75rem;align-items:center;margin:0}
.verdict h2 svg{flex:none;width:2rem;height:2rem}
.verdict.passed{border-left-color:var(--good)}
.verdict.failed{border-left-color:var(--bad)}
.verdict.doubt{border-left-color:var(--doubt)}
.said{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1rem;margin-top:1.25rem}
.said div{background:var(--sunk);border-radius:.5rem;padding:.9rem 1rem}
.said h3{margin:0 0 .25rem;font-size:.95rem;display:flex;gap:.5rem;align-items:center;flex-wrap:wrap}
.said p{margin:0}
dl.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));gap:1rem 1.5rem;margin:0}
dl.facts dt{color:var(--soft);font-size:.825rem}
dl.facts dd{margin:.1rem 0 0;overflow-wrap:anywhere}
.tag{display:inline-flex;align-items:center;gap:.35em;
border-radius:.35rem;padding:.05rem .5rem .05rem .35rem;font-size:.85rem;font-weight:600;white-space:nowrap}
.tag svg{width:1em;height:1em}
.tag.passed{color:var(--good);background:var(--good-bg)}
.tag.failed{color:var(--bad);background:var(--bad-bg)}
.tag.doubt,.tag.warned{color:var(--doubt);background:var(--doubt-bg)}
td .tag{white-space:normal}
.tag.plain{color:var(--soft);background:var(--sunk);padding-left:.5rem}
.icon .ground{fill:currentColor}
.icon .sign{fill:none;stroke:var(--sign);stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
.icon text{fill:var(--sign);font:700 12px system-ui,sans-serif}
h2 .icon.passed{color:var(--good)}
h2 .icon.failed{color:var(--bad)}
h2 .icon.doubt{color:var(--doubt)}
figure{margin:0}
.map{display:block;max-width:100%;height:auto;margin:0 auto 1rem}
.map-narrow{display:none}
.map text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;fill:var(--ink)}
.map .text-kind{font-size:11px;font-weight:600;letter-spacing:.04em;fill:var(--soft)}
.map .text-name{font-size:14px;font-weight:650}
.map .text-fact{font-size:12px;fill:var(--soft)}
.map .text-end{font-size:12px;font-weight:600}
.map .text-number{font-size:11px;font-weight:700;fill:var(--sign)}
.map .end-arrives{fill:var(--good)}
.map .end-denied{fill:var(--bad)}
.map .end-unknown{fill:var(--doubt)}
.frame{fill:var(--page);stroke:var(--edge);stroke-width:1.5;stroke-dasharray:2 4;stroke-linecap:round}
.box{fill:var(--card);stroke:var(--edge);stroke-width:1.5}
.box-firewall,.box-nat-gateway,.box-load-balancer{fill:var(--sunk)}
.peering{fill:none;stroke:var(--edge);stroke-width:1.5}
.lane{fill:none;stroke-width:3}
.lane-arrives{stroke:var(--good)}
.lane-denied{stroke:var(--bad);stroke-dasharray:8 5}
.lane-unknown{stroke:var(--doubt);stroke-dasharray:1 6;stroke-linecap:round}
.arrow-arrives,.mark-arrives{fill:var(--good)}
.arrow-denied,.mark-denied{fill:var(--bad)}
.arrow-unknown,.mark-unknown{fill:var(--doubt)}
.number{fill:var(--ink)}
.map .sign{fill:none;stroke:var(--sign);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
ol.paths{list-style:none;padding:0;margin:1.25rem 0 0;display:grid;gap:.75rem}
ol.paths>li{display:grid;grid-template-columns:auto minmax(0,1fr);overflow-wrap:anywhere;gap:.25rem .75rem;border-top:1px solid var(--line);padding-top:.75rem}
.badge{display:inline-flex;justify-content:center;align-items:center;
min-width:1.5rem;height:1.5rem;padding:0 .3rem;border-radius:1rem;background:var(--ink);color:var(--sign);font-size:.8rem;font-weight:700}
.way{overflow-wrap:anywhere}
details{margin:.35rem 0 0}
summary{cursor:pointer;color:var(--link);width:fit-content;max-width:100%;padding:.15rem 0;overflow-wrap:anywhere}
details ol,details ul{margin:.5rem 0;padding-left:1.4rem}
details li{margin:.3rem 0;overflow-wrap:anywhere}
.step{color:var(--soft);font-size:.825rem;display:block}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.925rem}
caption{text-align:left;font-weight:650;padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.6rem .75rem .6rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
thead th{border-top:0;color:var(--soft);font-size:.825rem;font-weight:600;padding-top:0}
tbody th{font-weight:500}
table+table,dl+table{margin-top:2rem}
.even{table-layout:fixed}
.c1{width:34%}.c2{width:38%}.c3{width:28%}
.findings{display:grid;gap:1rem;padding:0;margin:0;list-style:none}
.findings>li{border-left:.25rem solid var(--line);padding:.1rem 0 .1rem 1rem}
.findings>li.failed{border-left-color:var(--bad)}
.findings>li.doubt,.findings>li.warned{border-left-color:var(--doubt)}
.findings p{margin:.3rem 0;overflow-wrap:anywhere}
ul.plain{padding-left:1.2rem;margin:.5rem 0}
.said ul.plain{margin:.4rem 0 0;padding:0;list-style:none}
ul.plain li{margin:.3rem 0;overflow-wrap:anywhere}
footer{color:var(--soft);font-size:.875rem;padding-bottom:3rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:60rem){.map-wide{display:none}.map-narrow{display:block}}
@media (max-width:40rem){
h1{font-size:1.45rem}
.verdict h2{font-size:1.2rem}
section{padding:1.1rem .9rem;border-radius:.6rem}
.stacks,.stacks tbody,.stacks tr,.stacks th,.stacks td,.stacks caption{display:block;width:auto}
.stacks thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stacks tr{border-top:1px solid var(--line);padding:.7rem 0}
.stacks th,.stacks td{border:0;padding:.15rem 0}
.stacks td::before{content:attr(data-label);display:block;color:var(--soft);font-size:.8rem}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media (forced-colors:active){.box,.frame{stroke:CanvasText}.lane,.number{forced-color-adjust:none}}
"""
    + f"@media print{{:root{{color-scheme:light;{_variables({**LIGHT, 'page': '#ffffff'})}}}"
    + """
body{font-size:10pt}
.skip,nav{display:none}
section{border:0;padding:.5rem 0;break-inside:auto}
h2,h3,caption{break-after:avoid}
tr,.findings>li,figure,svg{break-inside:avoid}
.map-wide{display:block}.map-narrow{display:none}
.lab,.tag,.badge{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
"""
)


def contrast(first: str, second: str) -> float:
    """The contrast of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
