using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Places;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.PlaceTeams;

/// <summary>Areas that a coordinator makes of neighbourhoods and whole wards, changes, and puts away. Whatever becomes of one, its address stays and leads to it.</summary>
public sealed class AreaDesk(Commands commands, PlaceBook book)
{
    private static readonly Refusal Gone = new("not-found", "That is no longer there.");
    private static readonly Refusal Taken = new("name", "There is an area of that name already. Give this one another.", "name");

    private sealed record Made(string Name, int Year, string Codes, string? Wards);

    /// <summary>Makes an area. Its neighbourhoods are given by code or name and its wards by name, and every one must be loaded, or printed while nothing is.</summary>
    public async Task<Result<string>> MakeAsync(AuditContext who, string? name, string? neighbourhoods, string? wards, CancellationToken cancel)
    {
        var read = Read(await book.RefreshAsync(cancel), name, neighbourhoods, wards, null);
        if (!read.Done) return read.Refusal;
        var (made, slug) = (read.Value, "area-" + PapersPlaces.Address(read.Value.Name));
        try
        {
            return await commands.RunAsync<string>(who, async c =>
            {
                if (await c.Db.Set<NamedArea>().AnyAsync(a => a.Slug == slug || a.Name == made.Name, c.Cancel)) return Taken;
                var area = new NamedArea { Id = Guid.CreateVersion7(), Slug = slug, Name = made.Name, Year = made.Year, Codes = made.Codes, Wards = made.Wards, MadeAt = c.Who.At, Version = 1 };
                c.Insert(area);
                c.Record("place.area-made", area.Id);
                return slug;
            }, cancel);
        }
        catch (DbUpdateException error) when (commands.Database.Kind.IsUniqueConflict(error))
        {
            return new Refusal("name", "Somebody made an area of that name at this very moment. Give this one another.", "name");
        }
    }

    /// <summary>Changes its name and what it is made of. Its address stays.</summary>
    /// <param name="version">The one that the form was made from.</param>
    public async Task<Result<Nothing>> ChangeAsync(AuditContext who, string slug, int version, string? name, string? neighbourhoods, string? wards, CancellationToken cancel)
    {
        var data = await book.RefreshAsync(cancel);
        return await commands.RunAsync<Nothing>(who, async c =>
        {
            await HoldAsync(c, slug);
            if (await c.Db.Set<NamedArea>().AsTracking().SingleOrDefaultAsync(a => a.Slug == slug, c.Cancel) is not { } area) return Gone;
            if (area.Version != version) return new Refusal("changed", "Somebody changed this area while you wrote. What you typed is still here: look at it beside what the area is now, and send it again.");
            var read = Read(data, name, neighbourhoods, wards, area);
            if (!read.Done) return read.Refusal;
            if (await c.Db.Set<NamedArea>().AnyAsync(a => a.Name == read.Value.Name && a.Slug != slug, c.Cancel)) return Taken;
            (area.Name, area.Codes, area.Wards, area.Version) = (read.Value.Name, read.Value.Codes, read.Value.Wards, area.Version + 1);
            c.Record("place.area-changed", area.Id);
            return Nothing.Value;
        }, cancel);
    }

    /// <summary>Puts it away, out of every list, or back. Its page, its plan and its team stay under its address.</summary>
    public Task<Result<Nothing>> RetireAsync(AuditContext who, string slug, bool retired, CancellationToken cancel) => commands.RunAsync<Nothing>(who, async c =>
    {
        await HoldAsync(c, slug);
        if (await c.Db.Set<NamedArea>().AsTracking().SingleOrDefaultAsync(a => a.Slug == slug, c.Cancel) is not { } area) return Gone;
        if (area.RetiredAt is not null == retired) return Nothing.Value;
        (area.RetiredAt, area.Version) = (retired ? c.Who.At : null, area.Version + 1);
        c.Record(retired ? "place.area-retired" : "place.area-brought-back", area.Id);
        return Nothing.Value;
    }, cancel);

    private static async Task HoldAsync(Command c, string slug)
    {
        if (await c.Db.Set<NamedArea>().Where(a => a.Slug == slug).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(c.Cancel) is { } id) await c.Kind.HoldRowsAsync(c.Db, "named_area", [id], c.Cancel);
    }

    /// <summary>An area's neighbourhoods and wards as its form shows them, a line each.</summary>
    public static (string Neighbourhoods, string Wards) Lines(PlaceSnapshot data, NamedArea area)
    {
        var named = PlaceProfiles.Find(data, Place.All)?.Lines.ToLookup(l => l.Code, l => l.Name, StringComparer.Ordinal);
        string Name(string code) => named?[code].FirstOrDefault() ?? data.Area(code, area.Year)?.Name ?? data.Addressed(code, area.Year).Select(a => data.Area(a, area.Year)?.Name).FirstOrDefault() ?? code;
        return (string.Join('\n', area.Codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Name)),
            string.Join('\n', (area.Wards ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Split('/', 2)).Where(w => w.Length == 2).Select(w => $"{w[1]}, {District.Find(w[0])?.Name ?? w[0]}")));
    }

    private static Result<Made> Read(PlaceSnapshot data, string? name, string? neighbourhoods, string? wards, NamedArea? before)
    {
        if (name?.Trim() is not { Length: > 0 and <= 60 } called) return new Refusal("name", "Enter what people call it, in at most 60 letters.", "name");
        if (PapersPlaces.Address(called).Length == 0) return new Refusal("name", "Enter a name with letters in it.", "name");
        if (PlaceProfiles.Find(data, Place.All) is not { } all) return Gone;
        var year = before?.Year ?? all.Year;
        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in data.Areas("lsoa", year).Where(a => District.Find(a.District) is not null).Select(a => (a.Code, a.Name)).Concat(all.Year == year ? all.Lines.Select(l => (l.Code, l.Name)) : []))
            known[line.Code] = known[line.Name] = known[PapersPlaces.Address(line.Name)] = line.Code;
        // What it was made of before stays good, also while the files that name it are not loaded.
        foreach (var code in (before?.Codes ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)) known.TryAdd(code, code);
        var asked = Split(neighbourhoods, ',', ';');
        if (asked.FirstOrDefault(a => !known.ContainsKey(a)) is { } unknown)
            return new Refusal("neighbourhoods", $"“{Short(unknown)}” is no neighbourhood of {year} that is loaded here. Enter its name, like Fenland 002C, or its code.", "neighbourhoods");

        var held = (before?.Wards ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var whole = new List<string>();
        foreach (var line in Split(wards))
        {
            var comma = line.LastIndexOf(',');
            var (ward, of) = comma < 0 ? (line, "") : (line[..comma].Trim(), line[(comma + 1)..].Trim());
            var inDistricts = District.All.Where(d => of.Length == 0 || d.Name.Equals(of, StringComparison.OrdinalIgnoreCase) || d.Name.StartsWith(of + " ", StringComparison.OrdinalIgnoreCase)).ToList();
            var found = inDistricts.Select(d => held.TryGetValue($"{d.Code}/{ward}", out var same) ? same : WardOf(data, d, ward, year) is { } official ? $"{d.Code}/{official}" : null).OfType<string>().ToList();
            if (found.Count == 0) return new Refusal("wards", $"“{Short(line)}” is no ward of {(year == 2011 ? 2019 : 2024)} that is loaded here. Enter it with its district, like Staithe, Fenland.", "wards");
            if (found.Count > 1) return new Refusal("wards", $"There is a ward “{Short(ward)}” in several districts. Enter it with its district, like {Short(ward)}, {inDistricts[0].Name}.", "wards");
            whole.Add(found[0]);
        }
        if (asked.Length + whole.Count == 0) return new Refusal("neighbourhoods", "Enter the neighbourhoods or the wards it is made of, one a line.", "neighbourhoods");
        return new Made(called, year, string.Join(' ', asked.Select(a => known[a]).Distinct(StringComparer.Ordinal)), whole.Count == 0 ? null : string.Join('\n', whole.Distinct(StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>The ward's own name in a district: as the lookup has it, or the paper while no lookup is loaded.</summary>
    private static string? WardOf(PlaceSnapshot data, District district, string ward, int year) => year != 2011 ? null
        : data.HasWards(2011, 2019) ? data.Neighbourhoods(district.Code, 2011).Select(a => data.Ward(a.Code, 2011, 2019)?.Name).FirstOrDefault(w => ward.Equals(w, StringComparison.OrdinalIgnoreCase))
        : PapersTables.Deciles().FirstOrDefault(p => district.Name.StartsWith(p.District, StringComparison.OrdinalIgnoreCase) && p.Ward.Equals(ward, StringComparison.OrdinalIgnoreCase))?.Ward;

    private static string[] Split(string? text, params char[] more) => (text ?? "").Split(['\n', '\r', .. more], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
