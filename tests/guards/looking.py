"""What is looked for on a page in a real browser: barriers, foreign words, sideways scroll, and what the console says."""

import re
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.db import models
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Without preload: axe would read style sheets once more by itself, and their imports from the address of the page.
AXE = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}, "preload": False}

CJK = re.compile(r"[\u3400-\u9fff]{1,}")
ENGLISH = re.compile(r"[A-Za-z][A-Za-z’'-]{2,}")
BRAND = ("进组", "Jinzu", "中文")
# What a search takes is shown by an example in each way of writing.
EXAMPLES = (
    "北电",
    "bjdy",
    "Film Academy",
    "收音",
    "shouyin",
    "sy",
    "boom",
    "灯光",
    "dengguang",
    "dg",
    "gaffer",
    "K7M4",
    "PQX",
    "医院",
    "yiyuan",
    "hospital",
    "表演",
    "biaoyan",
    "acting",
    "shennian",
    "sn",
)
SAME_IN_BOTH = {
    "API",
    "CSV",
    "Ctrl",
    "Enter",
    "Esc",
    "Excel",
    "GBK",
    "Shift",
    "UTF-",
    "WPS",
    "XLSX",
    "ICS",
    "OpenAPI",
    "PDF",
    "QR",
    "iCalendar",
    "iCal",
    "ics",
    "https",
    "webcal",
    "JPEG",
    "PNG",
    "WebP",
    "Google",
    "Outlook",
    "Apple",
    "Weixin",
    "English",
}
"""Names that a Chinese page writes in Latin letters. A language is called by its own name in every language."""

# What is read by eye or by ear, with where it stands; elements that say their own language are left to it.
WORDS = """
([other]) => {
  const found = [];
  const skip = node => {
    for (let e = node; e && e !== document.documentElement; e = e.parentElement) {
      if (['SCRIPT', 'STYLE', 'CODE', 'NOSCRIPT'].includes(e.tagName)) return true;
      if (e.translate === false) return true;
      if (e.lang) return e.lang.toLowerCase().startsWith(other);
    }
    return false;
  };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.textContent.trim() && !skip(node.parentElement)) found.push(node.textContent.trim());
    } else if (!skip(node)) {
      for (const name of ['title', 'alt', 'aria-label', 'placeholder', 'aria-description', 'hx-confirm', 'data-label']) {
        const said = node.getAttribute(name);
        if (said) found.push(said);
      }
      if (node.tagName === 'META' && node.name === 'description') found.push(node.content);
    }
  }
  return found;
}
"""
SIDEWAYS = """
() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > wide + 1)
    .slice(0, 5).map(e => e.tagName.toLowerCase() + '.' + e.className);
}
"""


# What lies under a bar that stays in its place comes out when one scrolls. axe does not scroll, so it sees the page with
# its bars let go. And it never answers in a document that is no page, a bare picture say: nobody waits without end.
RUN = """
options => {
  const stays = e => ['fixed', 'sticky'].includes(getComputedStyle(e).position);
  const bars = [...document.querySelectorAll('body *')].filter(stays);
  for (const bar of bars) bar.style.setProperty('position', 'static', 'important');
  return Promise.race([
    axe.run(options).then(found => found.violations),
    new Promise((_, refuse) => setTimeout(() => refuse(new Error('axe gave no answer in a minute')), 60000)),
  ]).finally(() => { for (const bar of bars) bar.style.removeProperty('position'); });
}
"""


@dataclass
class Listener:
    """Keeps what a page complains of: console errors (refusals of the CSP among them), crashes, missing files."""

    said: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        page.on("console", lambda said: self._hear(said.type, f"{said.text} {said.location.get('url', '')}"))
        page.on("pageerror", lambda error: self.said.append(f"script: {error}"))
        page.on("requestfailed", lambda request: self._hear("failed", f"{request.url} {request.failure}"))

    def _hear(self, kind: str, text: str) -> None:
        # Leaving a page ends what it was still asking for; that is no fault of the page.
        if kind in ("error", "failed") and "ERR_ABORTED" not in text:
            self.said.append(f"{kind}: {text}")

    def take(self) -> list[str]:
        said, self.said = self.said, []
        return said


def bring_axe(page: Page) -> None:
    """Put axe into the page, once after it was loaded."""
    page.evaluate(Axe().axe_script)


def barriers(page: Page) -> list[str]:
    """What axe finds at the present width, as "rule: element"."""
    results = page.evaluate(RUN, AXE)
    return [
        f"axe {found['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:120]!r}"
        for found in results
        for node in found["nodes"][:3]
    ]


def sideways(page: Page) -> list[str]:
    return [f"wider than the screen: {element}" for element in page.evaluate(SIDEWAYS)]


def foreign_words(page: Page, language: str, data: list[str]) -> list[str]:
    """Words of the other language that are neither somebody's own words (`data`) nor marked as what they are."""
    found, owns = [], sorted((*BRAND, *EXAMPLES, *data), key=len, reverse=True)
    for said in page.evaluate(WORDS, ["zh" if language == "en" else "en"]):
        rest = said
        for own in owns:
            rest = rest.replace(own, " ")
        found += [f"not {language}: {said[:120]!r}" for _ in _foreign(rest, language)[:1]]
    return found


def _foreign(text: str, language: str) -> list[str]:
    if language == "en":
        return CJK.findall(text)
    text = re.sub(r"https?://\S+|\S+@\S+|\S+\.(?:ics|json|example)\b|/\S+/", " ", text)
    return [word for word in ENGLISH.findall(text) if word not in SAME_IN_BOTH]


def own_words() -> list[str]:
    """Everything people and curators wrote themselves, in either language; the longest first.

    Columns that exist in both languages are left out: of those a page must choose the right one.
    """
    words: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label not in ("hubs", "profiles", "jobs"):
            continue
        for column in model._meta.concrete_fields:
            paired = column.name.endswith(("_zh", "_en"))
            if isinstance(column, models.CharField | models.TextField) and not paired and not column.choices:
                words |= {
                    str(value)
                    for value in model._default_manager.values_list(column.name, flat=True)
                    if value
                }
    spoken = {word for word in words if CJK.search(word) or ENGLISH.search(word)}
    return sorted(spoken | {word[:1] for word in spoken if CJK.match(word)}, key=len, reverse=True)
