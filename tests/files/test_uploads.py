"""Pictures are drawn anew, and only as many pixels as the memory bears."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lms.files.uploads import MOST_PIXELS, checked_picture


def animated(frames: int, size: int) -> SimpleUploadedFile:
    pictures = [Image.new("RGB", (size, size), (4 * number, 0, 0)) for number in range(frames)]
    out = BytesIO()
    pictures[0].save(out, "GIF", save_all=True, append_images=pictures[1:])
    return SimpleUploadedFile("vui.gif", out.getvalue())


def test_a_moving_picture_keeps_moving() -> None:
    with Image.open(checked_picture(animated(3, 20))) as picture:
        assert picture.n_frames == 3  # type: ignore[attr-defined]  # of GIF files


def test_the_frames_of_a_moving_picture_count_together() -> None:
    with pytest.raises(ValidationError, match="quá nhiều điểm ảnh"):
        checked_picture(animated(MOST_PIXELS // 1_000_000 + 1, 1000))
