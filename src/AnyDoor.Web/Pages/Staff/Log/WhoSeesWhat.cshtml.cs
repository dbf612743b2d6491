using AnyDoor.Sharing;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.Log;

/// <summary>The table that the gate is tested against, for the information lead to read.</summary>
public sealed class WhoSeesWhatModel : StaffPage
{
    protected override string? Area => "information";

    public WhoSeesWhat Table => WhoSeesWhat.Current;

    public void OnGet() { }
}
