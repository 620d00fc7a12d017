from __future__ import annotations

import numpy as np

from bcanalysis.arrays import none_where


def test_what_is_missing_becomes_none() -> None:
    assert none_where([True, False, True], ["a", "b", "c"]).tolist() == [None, "b", None]


def test_a_single_text_stands_for_all() -> None:
    assert none_where(np.array([False, True]), "printed").tolist() == ["printed", None]


def test_the_shape_is_that_of_the_mask() -> None:
    assert none_where(np.zeros((2, 3), dtype=bool), 1).shape == (2, 3)
    assert none_where(False, "x").shape == ()
    assert none_where([], "x").tolist() == []


def test_the_input_is_left_alone() -> None:
    values = np.array(["a", "b"], dtype=object)
    none_where([True, True], values)
    assert values.tolist() == ["a", "b"]
