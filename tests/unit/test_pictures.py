"""Picture files: size as shown, addresses, smaller widths."""

from io import BytesIO

import pytest
from PIL import Image

from generator.pictures import measure, picture_url, renditions, scaled


def picture(form: str, size: tuple[int, int] = (64, 48), orientation: int | None = None) -> bytes:
    data = BytesIO()
    image = Image.new("RGB", size, (140, 60, 40))
    if orientation is None:
        image.save(data, form)
    else:
        exif = Image.Exif()
        exif[0x0112] = orientation
        image.save(data, form, exif=exif)
    return data.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_measured(form: str) -> None:
    assert measure(picture(form)) == (64, 48)


def test_a_picture_lying_on_its_side_is_measured_as_it_is_shown() -> None:
    assert measure(picture("JPEG", orientation=6)) == (48, 64)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg onload='alert(1)'/>", picture("PNG")[:60]])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        measure(data)


def test_a_smaller_width_keeps_the_shape_and_the_bytes() -> None:
    data = picture("PNG", (640, 480))
    small = scaled(data, 320, 80)
    assert measure(small) == (320, 240)
    assert scaled(data, 320, 80) == small


def test_a_picture_is_never_made_larger() -> None:
    found = renditions("ur/x-1.jpg", 700, 350, (480, 960))
    assert [(one.width, one.height) for one in found.renditions] == [(480, 240)]
    assert found.original == picture_url("ur/x-1.jpg")


def test_pictures_of_one_name_in_two_folders_have_two_addresses() -> None:
    assert picture_url("a/1.jpg") != picture_url("b/1.jpg")
