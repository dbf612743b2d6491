using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.ServiceDirectory;
using AnyDoor.Vocabulary;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>The shipped menu, and services made for one test.</summary>
internal static class Menu
{
    /// <summary>Tuesday 24 November 2026, 10:14 in London: the clock of the demo.</summary>
    public static readonly DateTime Tuesday = LondonTime.ToUtc(new DateTime(2026, 11, 24, 10, 14, 0));
    public static readonly MenuPlace Waterlees = new("E07000010", Point: new GeoPoint(52.67506, 0.16523));

    private static readonly Lazy<MenuIndex> Demo = new(() =>
    {
        using var document = JsonDocument.Parse(ContentFiles.Open("services/demo-services.json"));
        return new MenuIndex(1, document.RootElement.GetProperty("services").EnumerateArray().Select(e => e.Deserialize<Service>(ContentFiles.Json)!));
    });

    public static MenuIndex Shipped => Demo.Value;

    public static MenuQuery Near(MenuPlace place, params string[] needs) => new() { Needs = needs, Place = place, At = Tuesday, HubTelephone = "0808 157 0123" };

    public static Service Service(string id, string need = "food", double lat = 52.675, double lon = 0.165, string organisation = "") => new()
    {
        Id = id, Name = id, Organisation = organisation.Length > 0 ? organisation : id, Needs = [need], Description = "Help.", Cost = new(CostKind.Free, "Free"), HowToUse = HowToUse.WalkIn,
        Delivered = [Delivery.Place], Locations = [new("Hall", "Main Street, March", "PE15 8AA", lat, lon, "Fenland", "March East")], AreasServed = [new(AreaKind.District, "Fenland")],
        Opening = new([new(["mon", "tue", "wed", "thu", "fri"], new(10, 0), new(16, 0))]), Languages = ["en"], LastChecked = new(2026, 11, 12), Owner = "Somebody", Invented = true,
    };

    public static Facts Household(params int[] ages) => Facts.FromJson([], ages: ages);
}
