using AnyDoor.Organisations;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>The messages that can go out, by what they are for.</summary>
public sealed class TextsModel(SettingsDesk desk) : StaffPage
{
    protected override string? Area => "settings";

    public IReadOnlyList<MessageText> Messages { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Messages = (await desk.CurrentAsync(cancel)).Texts.Messages;
}
