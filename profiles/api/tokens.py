"""A token for programs, given for the same sign-in, the same limits and the same silence as the page."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import derive_login_method
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework.authtoken.models import Token
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.errors import Invalid
from profiles.models import User

from .serializers import TokenIn, TokenOut


class MyToken(APIView):
    """Sign in with an e-mail address or mobile number and the password; the answer is the account's token."""

    authentication_classes: list = []
    permission_classes = [AllowAny]

    @extend_schema(operation_id="token", request=TokenIn, responses=TokenOut)
    def post(self, request: Request) -> Response:
        given = TokenIn(data=request.data)
        given.is_valid(raise_exception=True)
        login, password = given.validated_data["login"].strip(), given.validated_data["password"]
        credentials = {derive_login_method(login).value: login, "password": password}
        try:
            user = get_adapter().authenticate(request._request, **credentials)
        except ValidationError as error:  # the limit of failed tries, one for the page and for this
            raise Invalid("too_many_tries") from error
        if user is None or not user.is_active or not _confirmed(user):
            raise Invalid("sign_in_wrong")
        token, _created = Token.objects.get_or_create(user=user)
        return Response(TokenOut({"token": token.key}).data)


def _confirmed(user: User) -> bool:
    """Whether nobody still has to prove the address: see ConfirmEmailStage."""
    rows = EmailAddress.objects.filter(user=user)
    return not rows or any(row.verified for row in rows)
