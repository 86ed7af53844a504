"""The bar of ``progress=True``."""
from __future__ import annotations

import warnings
from typing import Any


def bar(**options: Any) -> Any:
    """A tqdm bar: drawn in a notebook if ipywidgets are there, in text otherwise.

    >>> with bar(total=100, disable=True) as shown:
    ...     _ = shown.update(100)
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its advice to install ipywidgets
        try:
            from tqdm.auto import tqdm
        except ImportError:
            raise ImportError("progress=True needs tqdm (Debian: python3-tqdm)") from None
        return tqdm(**options)
