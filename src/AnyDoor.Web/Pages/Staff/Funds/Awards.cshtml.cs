using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Funds;

/// <summary>The awards behind a total, by reference: no names.</summary>
public sealed class AwardsModel(FundReports reports, SchemeBook book, Database database) : StaffPage
{
    public const int PageSize = 50;

    protected override string? Area => "funds";

    [BindProperty(SupportsGet = true)] public string? Scheme { get; set; }
    [BindProperty(SupportsGet = true)] public AwardStatus? State { get; set; }
    [BindProperty(SupportsGet = true)] public string? Type { get; set; }
    [BindProperty(SupportsGet = true)] public string? Category { get; set; }
    [BindProperty(SupportsGet = true)] public string? District { get; set; }
    [BindProperty(SupportsGet = true)] public int P { get; set; } = 1;

    public string? SchemeName { get; private set; }
    public string? TypeName { get; private set; }
    public AwardPage List { get; private set; } = null!;
    public int LastPage => Math.Max(1, (List.Count + PageSize - 1) / PageSize);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        P = Math.Clamp(P, 1, 100_000);
        await using (var db = database.Open())
        {
            var scheme = Scheme is null ? null : (await book.FindAsync(db, Scheme, cancel))?.Newest;
            SchemeName = scheme?.Name;
            TypeName = Type is null ? null : scheme?.Type(Type)?.Label ?? Say.Upper(Type.Replace('-', ' '));
        }
        List = await reports.AwardsAsync(new AwardFilter(Scheme, State, Type, Category, District), P, PageSize, cancel);
    }

    public string Here(int page) => "/staff/awards" + QueryString.Create(new (string Key, string? Value)[]
        { ("scheme", Scheme), ("state", State?.ToString()), ("type", Type), ("category", Category), ("district", District), ("p", page.ToString(System.Globalization.CultureInfo.InvariantCulture)) }
        .Where(q => q.Value is not null).Select(q => KeyValuePair.Create(q.Key, q.Value)));
}
