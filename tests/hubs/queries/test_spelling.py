import subprocess
import sys

import pytest

from hubs.queries import spelling


@pytest.mark.parametrize(
    ("typed", "texts", "found"),
    [
        ("灯光", ("灯光助理",), True),
        ("助理", ("灯光助理",), True),
        ("光灯", ("灯光助理",), False),
        ("dengguang", ("灯光助理",), True),
        ("DengGuang", ("灯光助理",), True),
        ("deng guang", ("灯光助理",), True),
        ("zhuli", ("灯光助理",), True),
        ("dgzl", ("灯光助理",), True),
        ("gz", ("灯光助理",), True),
        ("g", ("灯光助理",), True),  # a syllable begins with it
        ("an", ("灯光助理",), False),  # inside guang, not at its beginning
        ("uang", ("灯光助理",), False),
        ("light", ("Lighting assistant",), True),
        ("ASSIST", ("Lighting assistant",), True),
        ("ight", ("Lighting assistant",), False),
        ("ＡＩ", ("AI 导演",), True),
        ("daoyan", ("AI 导演",), True),
        ("lighting 郑州", ("Lighting assistant", "郑州"), True),
        ("lighting 西安", ("Lighting assistant", "郑州"), False),
        ("'；--", ("郑州",), True),  # nothing but signs: no condition
        ("\u200b", ("郑州",), True),
        ("x", ("",), False),
    ],
)
def test_a_name_is_found_whichever_way_it_is_typed(typed, texts, found):
    assert all(spelling.finds(word, texts) for word in spelling.terms(typed)) is found


def test_a_flood_of_words_is_cut():
    assert len(spelling.terms("a " * 500)) == spelling.MOST_TERMS


def test_whoever_never_reads_chinese_aloud_does_not_load_how():
    """Its words are a large part of a worker that matches and never searches."""
    code = "import sys; from hubs.queries import spelling; spelling.finds('light', ('Lighting',)); "
    code += "print('pypinyin' in sys.modules); spelling.finds('deng', ('灯光',)); print('pypinyin' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "True"]
