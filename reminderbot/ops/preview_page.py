"""A preview as files: the pictures of its messages, and a page that shows them as a light and as a dark chat would."""

import html
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template
from typing import Final

from reminderbot.library.models import Stretch
from reminderbot.ops.preview import Shown, Words, stretches
from reminderbot.pictures import cache

_PAGE: Final = Template("""\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>$title</title>
<style>
  body { margin: 0; display: flex; flex-wrap: wrap; font: 15px/1.4 system-ui, sans-serif; }
  section { flex: 1 0 350px; max-width: 100%; min-height: 100vh; padding: 1em; box-sizing: border-box; }
  section { background: #e6ebee; color: #111; }
  section.dark { background: #0e1621; color: #f5f5f5; }
  article { max-width: 320px; margin: 0 auto 1em; border-radius: 12px; overflow: hidden; background: #fff; }
  .dark article { background: #182533; }
  img { display: block; width: 100%; }
  p { margin: 0; padding: .6em .8em; white-space: pre-line; }
  nav { padding: 0 .6em .6em; }
  nav div { display: flex; gap: .3em; margin-top: .3em; }
  nav span { flex: 1; text-align: center; padding: .3em; border-radius: 6px; background: #7a9bb544; }
</style></head>
<body><section>$messages</section><section class="dark">$messages</section></body></html>
""")


def write(folder: Path, title: str, messages: Sequence[Shown]) -> list[Path]:
    """Draw the pictures of messages into a folder, which is made, and return the files; the last one is the page.

    Of each figure its still, and the motion where that is what goes out. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = [file for stretch in stretches(messages) for file in _drawn(folder, stretch)]
    page = folder / f"{title}.html"
    page.write_text(_PAGE.substitute(title=title, messages="".join(map(_message, messages))), "utf-8")
    return [*files, page]


def _drawn(folder: Path, stretch: Stretch) -> Iterator[Path]:
    for name in dict.fromkeys((cache.name(stretch, "still"), cache.sent(stretch))):
        if name:
            path = folder / _short(stretch, name)
            cache.draw(stretch, path)
            yield path


def _short(stretch: Stretch, name: str) -> str:
    """The name of a picture without its hash."""
    return f"{stretch.id}{Path(name).suffix}"


def _message(shown: Shown) -> str:
    """A message as it is sent, and below it as it is without its picture."""
    alone = f"<article>{_text(shown.text)}</article>"
    stretch = shown.stretch
    if shown.caption is None or stretch is None or (sent := cache.sent(stretch)) is None:
        return alone
    picture = f'<img src="{_short(stretch, sent)}" alt="{html.escape(str(stretch.title))}">'
    return f"<article>{picture}{_text(shown.caption)}</article>{alone}"


def _text(words: Words) -> str:
    rows = "".join(f"<div>{''.join(map(_button, row))}</div>" for row in words.buttons)
    return f"<p>{words.html}</p><nav>{rows}</nav>"


def _button(label: str) -> str:
    return f"<span>{html.escape(label)}</span>"
