"""Pictures of text, such as scans and photographs of pages."""

from io import BytesIO

from index.files.extract import Extract, FormatError
from index.files.pdf import ocr
from index.files.pdf.document import write_pages

MOST_PIXELS = 60_000_000  #: of a picture


def read_picture(data: bytes) -> Extract:
    """The text on a picture. Raises FormatError if it is damaged, or holds none, or recognition is not installed."""
    from PIL import Image, UnidentifiedImageError

    if not ocr.available():
        raise FormatError(f"is a picture; {ocr.NEEDED}")
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise FormatError(f"has more than {MOST_PIXELS // 1_000_000} million pixels; make it smaller")
            page, sure = ocr.recognise(picture)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise FormatError(f"is damaged, or no picture ({type(error).__name__}); save it again") from None
    if not sure:
        raise FormatError("is a picture on which no text was recognised")
    return write_pages([page], "", [ocr.told(sure)])
