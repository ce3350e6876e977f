"""The shape of the casting board as it goes out: departments, their roles, and every slot."""

from rest_framework import serializers

from jobs.api.serializers import PersonOut


class SlotOut(serializers.Serializer):
    """One place of a role: empty, proposed, offered or booked, and by whom."""

    state = serializers.ChoiceField(choices=["empty", "proposed", "offered", "booked"], read_only=True)
    person = PersonOut(read_only=True, allow_null=True)
    score = serializers.IntegerField(read_only=True, allow_null=True)
    match = serializers.IntegerField(source="match.pk", read_only=True, allow_null=True)
    offer = serializers.IntegerField(source="offer.pk", read_only=True, allow_null=True)
    booking = serializers.IntegerField(source="booking.pk", read_only=True, allow_null=True)
    expires_at = serializers.DateTimeField(read_only=True, allow_null=True)


class BoardRoleOut(serializers.Serializer):
    id = serializers.IntegerField(source="role.id", read_only=True)
    name = serializers.CharField(source="role.role_type.name", read_only=True)
    headcount = serializers.IntegerField(source="role.headcount", read_only=True)
    declined = serializers.IntegerField(read_only=True, help_text="Offers that were declined or expired.")
    slots = SlotOut(many=True, read_only=True)


class BoardDepartmentOut(serializers.Serializer):
    code = serializers.CharField(source="department.code", read_only=True)
    name = serializers.CharField(source="department.name", read_only=True)
    headcount = serializers.IntegerField(read_only=True)
    booked = serializers.IntegerField(read_only=True)
    roles = BoardRoleOut(many=True, read_only=True)


class BoardOut(serializers.Serializer):
    """The casting board. `run` is the newest run, `published` the newest that may be sent."""

    run = serializers.IntegerField(source="run.pk", read_only=True, allow_null=True)
    published = serializers.IntegerField(source="published.pk", read_only=True, allow_null=True)
    headcount = serializers.IntegerField(read_only=True)
    booked = serializers.IntegerField(read_only=True)
    offered = serializers.IntegerField(read_only=True)
    proposed = serializers.IntegerField(read_only=True)
    empty = serializers.IntegerField(read_only=True)
    complete = serializers.BooleanField(read_only=True)
    departments = BoardDepartmentOut(many=True, read_only=True)
