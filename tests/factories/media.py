import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from wagtail.models import Collection

from openness.media.models import Document, Image


class ImageFactory(DjangoModelFactory):
    title = factory.Sequence("图书馆正门{}".format)
    alt_text = "图书馆正门，门前有台阶和坡道"
    file = factory.django.ImageField(
        width=640, height=400, color="steelblue", format="PNG", filename="front.png"
    )
    collection = factory.LazyFunction(Collection.get_first_root_node)

    class Meta:
        model = Image


class DocumentFactory(DjangoModelFactory):
    """A text file; ``content`` gives other bytes and ``filename`` another name."""

    title = factory.Sequence("开放公告{}".format)
    file = factory.LazyAttribute(lambda document: ContentFile(document.content, name=document.filename))
    collection = factory.LazyFunction(Collection.get_first_root_node)

    class Meta:
        model = Document

    class Params:
        content = "关于延长开放时间的公告".encode()
        filename = "开放公告.txt"
