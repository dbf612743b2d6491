using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.People;

/// <summary>Who works here: everybody for an administrator, their own organisation's for a partner's.</summary>
public sealed class IndexModel(AnyDoor.Organisations.People people) : StaffPage
{
    protected override string? Area => "people";

    public IReadOnlyList<Colleague> All { get; private set; } = [];
    public bool Anyone => AnyDoor.Organisations.People.MayInviteAnyone(Worker.Role);

    public async Task OnGetAsync(CancellationToken cancel) => All = await people.AllAsync(Worker, cancel);

    public string WayIn(Colleague who) => who switch
    {
        { Active: false } => "Disabled",
        { InvitedUntil: { } until, HasWayIn: false } => $"Invited, until {LondonTime.Day(LondonTime.DayOf(until))}",
        { HasWayIn: false } => "No way in yet",
        _ => string.Join(", ", new[] { who.Passkeys switch { 0 => null, 1 => "1 passkey", var many => $"{many} passkeys" }, who.HasPassword ? "password" : null, who.SingleSignOn ? "council account" : null }.OfType<string>()),
    };
}
