"""Pictures and documents of a whole lesson in one query each, however many block types choose them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

_IMAGE_FIELDS = frozenset({"image", "poster"})
_DOCUMENT_FIELDS = frozenset({"document", "file", "captions"})
_loaded: ContextVar[dict[str, dict[int, Any]] | None] = ContextVar("loaded", default=None)


class PictureChooser(ImageChooserBlock):
    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        return _from_loaded("image", values) or super().bulk_to_python(values)


class FileChooser(DocumentChooserBlock):
    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        return _from_loaded("document", values) or super().bulk_to_python(values)


def _from_loaded(kind: str, values: Iterable[int | None]) -> list[Any]:
    known = (_loaded.get() or {}).get(kind)
    return [] if known is None else [known.get(pk) if pk else None for pk in values]


@contextmanager
def files_loaded(raw: Iterable[Any], rendition_specs: Iterable[str]) -> Iterator[None]:
    """While a stream's values are made: three queries for all of its images, their renditions and documents."""
    images, documents = _chosen(raw, _IMAGE_FIELDS), _chosen(raw, _DOCUMENT_FIELDS)
    store: dict[str, dict[int, Any]] = {"image": {}, "document": {}}
    if images:
        found = get_image_model().objects.filter(pk__in=images).prefetch_renditions(*rendition_specs)
        store["image"] = {image.pk: image for image in found}
    if documents:
        store["document"] = get_document_model().objects.in_bulk(documents)
    token = _loaded.set(store)
    try:
        yield
    finally:
        _loaded.reset(token)


def pictures_of(raw: Iterable[Any]) -> list[Any]:
    """Every picture that a stream shows."""
    return list(get_image_model().objects.filter(pk__in=_chosen(raw, _IMAGE_FIELDS)))


def _chosen(raw: Iterable[Any], names: frozenset[str]) -> set[int]:
    values = (block.get("value") for block in raw if isinstance(block, dict))
    return {
        value[name]
        for value in values
        if isinstance(value, dict)
        for name in names & value.keys()
        if isinstance(value[name], int)
    }
