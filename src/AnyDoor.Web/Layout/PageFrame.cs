using AnyDoor.Web.Components;

namespace AnyDoor.Web.Layout;

/// <summary>Where the "Leave this page quickly" button sits.</summary>
public enum LeaveButton { OnItsOwnLine, OverTheBackLink, InTheStrip, None }

/// <summary>What a page tells the layout about itself. A page sets it in its first lines; the layout reads it afterwards.</summary>
public sealed class PageFrame
{
    private readonly List<(string Name, string Id)> _fields = [];

    /// <summary>Without "Error:" and without the product's name; the layout adds both.</summary>
    public string Title { get; set; } = "";

    /// <summary>The page sets its own width: a start page with a band across, for instance.</summary>
    public bool FullWidth { get; set; }

    public LeaveButton Leave { get; set; } = LeaveButton.OnItsOwnLine;

    /// <summary>May be kept by a browser and found by a search engine. Only for pages that show nothing about anybody.</summary>
    public bool Public { get; set; }

    /// <summary>The service-navigation link this page is under, by its address.</summary>
    public string? Under { get; set; }

    /// <summary>Emergency openings that nobody has seen to: told to the information lead on every page.</summary>
    public int Emergencies { get; set; }

    /// <summary>Looks of this worker's own that they are asked about: told where they begin and on their own page.</summary>
    public int Asked { get; set; }

    /// <summary>The fields of this page in their order, as they are rendered, for the error summary.</summary>
    public IReadOnlyList<(string Name, string Id)> Fields => _fields;

    /// <summary>Says that a field stands here: its name as the model has it, and the id a link can go to.</summary>
    public void Field(string name, string id) => _fields.Add((name, id));

    internal ServiceNavigationItem Item(NavItem item, PathString path) => new()
    {
        Text = item.Text, Href = item.Href, Current = path == item.Href,
        Active = item.Href == Under || path.StartsWithSegments(item.Href),
    };
}
