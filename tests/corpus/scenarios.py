"""Programs that administrators and developers write with the whole of Microsoft Graph.

Ordinary code on the package `graph_v1`, as its users write it: test_graph_scenarios runs
each against a server that answers as Graph does, and lets both type checkers judge it.
The module can be imported only while the package can.
"""

from __future__ import annotations

import asyncio
import csv
import io
import uuid

from graph_v1 import (
    ApiError,
    AsyncClient,
    Client,
    LargeUpload,
    LongRunning,
    PreconditionFailed,
    Removed,
)
from graph_v1.models import (
    AssignedLicense,
    Attendee,
    AttendeeType,
    BodyType,
    DateTimeTimeZone,
    DriveItem,
    DriveItemUploadableProperties,
    EmailAddress,
    Event,
    FileAttachment,
    Group,
    ItemBody,
    ItemReference,
    Message,
    PasswordProfile,
    PlannerAssignment,
    PlannerAssignments,
    PlannerTask,
    Recipient,
    User,
)
from graph_v1.resources.drive_item import DriveItemResource

ADVANCED = {"ConsistencyLevel": "eventual"}
PACIFIC = {"Prefer": 'outlook.timezone="Pacific Standard Time"'}


def licensed_users(client: Client, sku: uuid.UUID) -> dict[str, str | None]:
    """Give who has a licence, and each one's manager."""
    found: dict[str, str | None] = {}
    for user in client.users.list(
        filter=User.assigned_licenses.any(lambda licence: licence.sku_id == sku)
        & (User.account_enabled == True),
        select=[User.id, User.display_name],
        expand=[User.manager.expand(select=["id", User.display_name])],
        order_by=[User.display_name],
        count=True,
        headers=ADVANCED,
    ):
        manager = user.manager
        name = manager.display_name if isinstance(manager, User) else None
        found[user.display_name or ""] = name
    return found


def send_report(client: Client, report: bytes) -> None:
    """Mail a file."""
    to = [Recipient(email_address=EmailAddress(address="grace@contoso.com"))]
    attached = FileAttachment(
        name="a.csv", content_type="text/csv", content_bytes=report
    )
    client.users["ada@contoso.com"].send_mail(
        message=Message(
            subject="The report",
            body=ItemBody(content_type=BodyType.TEXT, content="See the attachment."),
            to_recipients=to,
            attachments=[attached],
        ),
        save_to_sent_items=False,
    )


def plan_meeting(client: Client) -> list[str | None]:
    """Put a meeting into a calendar, and give what is in it that month."""
    noon = DateTimeTimeZone(
        date_time="2026-11-25T12:00:00", time_zone="Pacific Standard Time"
    )
    one = DateTimeTimeZone(
        date_time="2026-11-25T13:00:00", time_zone="Pacific Standard Time"
    )
    guest = Attendee(
        email_address=EmailAddress(address="grace@contoso.com"),
        type=AttendeeType.REQUIRED,
    )
    event = Event(subject="Lunch", start=noon, end=one, attendees=[guest])
    client.me.events.create(event, headers=PACIFIC)
    events = client.me.calendar_view.list(
        query={
            "startDateTime": "2026-11-01T00:00:00+01:00",
            "endDateTime": "2026-12-01T00:00:00+01:00",
        },
        select=[Event.subject, Event.start],
        headers=PACIFIC,
    )
    return [event.start.time_zone for event in events if event.start]


def changes(client: Client, since: str | None) -> tuple[list[str], str | None]:
    """Give what changed among users and in a drive; the link is the users'."""
    told: list[str] = []
    users = client.users.delta().with_options(select=[User.display_name])
    if since:
        users = users.resume(since)
    for user in users:
        if isinstance(user, Removed):
            told.append(f"{user.id} {user.reason}")
        else:
            told.append(f"{user.display_name} {user.department}")
    for item in client.me.drive.root.delta():
        if not isinstance(item, Removed):
            told.append(f"{item.name} {'deleted' if item.deleted else item.size}")
    return told, users.delta_link


def store_file(client: Client, content: bytes) -> tuple[str | None, bytes]:
    """Put a file under a path that does not exist yet, and read it again by its id."""
    new = DriveItemResource.at(client, "/me/drive/root:/Reports 2026/a.txt:")
    item = new.content.upload(content, DriveItem, content_type="text/plain")
    return item.id, client.me.drive.items[item.id or ""].content.download()


def store_large_file(client: Client, content: bytes) -> str | None:
    """Upload a file piece by piece, beside one of the same name."""
    properties = DriveItemUploadableProperties(name="big.bin")
    properties.instance_annotations["@microsoft.graph.conflictBehavior"] = "rename"
    parent = DriveItemResource.at(client, "/me/drive/items/01P:/big.bin:")
    session = parent.create_upload_session(item=properties)
    assert session
    upload = LargeUpload(client, session, io.BytesIO(content), chunk_size=327_680)
    return upload.run(DriveItem).name


def read_many(client: Client, ids: list[str]) -> tuple[list[str], list[str]]:
    """Read users in batches: names, and the codes of what went wrong."""
    with client.batch() as batch:
        parts = [
            batch.submit(client.users[each].get, select=[User.display_name])
            for each in ids
        ]
    faults = [part.error for part in parts if isinstance(part.error, ApiError)]
    read = [part.result() for part in parts if part.error is None]
    return [user.display_name or "" for user in read], [each.code for each in faults]


def fill_group(client: Client, group_id: str, new: list[str]) -> list[str | None]:
    """Add members in both ways, remove one, and give the users among the members."""
    group = client.groups[group_id]
    group.members.add_reference(client.directory_objects[new[0]])
    change = Group.patch()
    change.bind(Group.members, [client.directory_objects[each] for each in new[1:]])
    group.update(change)
    group.members.remove_reference("old")
    members = group.members.as_user.list(select=[User.id], count=True, headers=ADVANCED)
    objects = client.directory_objects.get_by_ids(ids=new, types=["user", "group"])
    names = [each.display_name for each in objects if isinstance(each, User | Group)]
    return [*names, *(user.id for user in members)]


def hire(client: Client, sku: uuid.UUID) -> str | None:
    """Create a user, take a property from it and give it a licence."""
    user = client.users.create(
        User(
            account_enabled=True,
            display_name="Adele Vance",
            mail_nickname="AdeleV",
            user_principal_name="AdeleV@contoso.com",
            password_profile=PasswordProfile(
                force_change_password_next_sign_in=True, password="xWwvJ]6NMw+bWH-d"
            ),
        )
    )
    place = client.users[user.id or ""]
    place.update(User(department=None, business_phones=[]))
    place.assign_license(
        add_licenses=[AssignedLicense(sku_id=sku, disabled_plans=[])],
        remove_licenses=[],
    )
    return user.id


def take_over(client: Client, task_id: str, user_id: str) -> int | None:
    """Change a task of Planner, once more if somebody else did so meanwhile."""
    place = client.planner.tasks[task_id]
    while True:
        task = place.get()
        change = PlannerTask.patch()
        change.percent_complete = 50
        change.assignments = PlannerAssignments()
        for other in task.assignments.additional if task.assignments else ():
            change.assignments.additional[other] = None
        change.assignments.additional[user_id] = PlannerAssignment(order_hint=" !")
        try:
            task = place.update(change, if_match=task, returns="representation")
        except PreconditionFailed:
            continue
        return task.percent_complete


def copy_file(client: Client) -> str | None:
    """Copy a file to another drive and wait for it; another process could go on."""
    operation = client.start(
        client.me.drive.items["01A"].copy,
        name="copy.txt",
        parent_reference=ItemReference(drive_id="b!1", id="01P"),
    )
    later = LongRunning.resume(client, operation.url)
    later.poll()
    assert operation.wait(timeout=600) is None
    made: str | None = operation.state.get("resourceId")
    return made


def active_users(client: Client) -> list[str]:
    """Read a report, which comes as CSV from another host."""
    report = client.reports.get_teams_user_activity_user_detail(period="D7")
    lines = io.StringIO(report.decode("utf-8-sig"))
    return [line["User Principal Name"] for line in csv.DictReader(lines)]


async def at_once(client: AsyncClient) -> tuple[object, ...]:
    """Do five things at the same time."""

    async def names() -> list[str | None]:
        users = client.users.list(select=[User.display_name])
        return [user.display_name async for user in users]

    async def changed() -> str | None:
        items = client.me.drive.root.delta(token="latest")
        async for item in items:
            assert not isinstance(item, Removed)
        return items.delta_link

    async def managers() -> list[str | None]:
        async with client.batch() as batch:
            parts = [batch.submit(client.users[each].manager.get) for each in "ab"]
        return [part.result().id for part in parts]

    async def copied() -> str:
        operation = await client.start(client.me.drive.items["1"].copy, name="x")
        await operation.wait(timeout=10)
        return operation.status

    photo = client.me.photo.media_stream.download()
    return await asyncio.gather(names(), changed(), managers(), copied(), photo)
