"""A person who signs in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "User":
        """Make a person; without a password they choose one by the reset link."""
        user = self.model(email=email.strip().lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Signs in by e-mail. What they may do in a borough is said by memberships, never here."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField("full name", max_length=120)
    post = models.CharField("post", max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(
        default=False,
        help_text="Opens boroughs and invites their first lead; reads no borough's content.",
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    signed_out_times = models.PositiveIntegerField(
        default=0, help_text="Counted up to end every session of the person at once."
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_is_superuser"),
            models.UniqueConstraint(Lower("email"), name="one_person_an_email_address"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session must still agree with: the password, and no order to sign out since."""
        of_password: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]  # not in the stubs
        return f"{of_password}{self.signed_out_times or ''}"

    @property
    def is_staff(self) -> bool:
        """No one enters Django's admin: it is not mounted."""
        return False
