import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from openness.accounts.models import User

PASSWORD = "correct horse battery staple"


class GroupFactory(DjangoModelFactory):
    name = factory.Sequence("工作组 {}".format)

    class Meta:
        model = Group


class UserFactory(DjangoModelFactory):
    """A person who may sign in with `PASSWORD`; ``administrator=True`` makes one who may do everything."""

    email = factory.Sequence("editor{}@example.org".format)
    full_name = factory.Sequence("陈编辑{}".format)
    password = PASSWORD

    class Meta:
        model = User

    class Params:
        administrator = factory.Trait(is_superuser=True, is_staff=True)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)
