"""Texts are read side by side: in order, by threads that PyTorch lets work alone, and nobody else's are changed."""

import threading

import pytest
import torch

from index.threads import AT_A_TIME, _pool, side_by_side


@pytest.mark.parametrize("count", [0, 1, 2, 3, AT_A_TIME, 5 * AT_A_TIME + 1])
def test_what_is_read_comes_in_the_order_of_the_texts(count):
    seen = []

    def read(texts):
        seen.append(len(texts))
        return [text * 2 for text in texts]

    assert side_by_side(read, range(count)) == [2 * number for number in range(count)]
    assert sum(seen) == count and max(seen, default=0) <= AT_A_TIME


def test_a_reading_thread_computes_alone_and_without_gradients_and_others_are_left_as_they_are():
    before = torch.get_num_threads()

    def read(texts):
        torch.ones(600, 600) @ torch.ones(600, 600)
        return [(torch.get_num_threads(), torch.is_inference_mode_enabled()) for _ in texts]

    _pool.cache_clear()  # so that its threads are new ones
    assert set(side_by_side(read, range(40))) == {(1, True)}
    of_a_new_thread = []
    other = threading.Thread(target=lambda: of_a_new_thread.append(torch.get_num_threads()))
    other.start()
    other.join()
    assert [torch.get_num_threads(), *of_a_new_thread] == [before, before]
    assert not torch.is_inference_mode_enabled()


def test_an_error_of_a_reading_thread_is_the_caller_s():
    def read(texts):
        raise ValueError("unreadable")

    with pytest.raises(ValueError, match="unreadable"):
        side_by_side(read, ["a text"])
