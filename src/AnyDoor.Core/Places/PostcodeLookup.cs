using System.Collections.Concurrent;
using AnyDoor.Common;

namespace AnyDoor.Places;

/// <summary>What a typed postcode came to.</summary>
public enum LookupStatus
{
    Ok,
    /// <summary>Well-formed, and not in what is loaded.</summary>
    Outside,
    /// <summary>No longer in use; where it was is still told.</summary>
    Terminated,
    Invalid,
}

/// <summary>Where a typed postcode is. A cell that what is loaded does not give is null.</summary>
/// <param name="WhyNot">For one that is no postcode: why.</param>
public readonly record struct PlaceOfPostcode(LookupStatus Status, string? WhyNot, PostcodeFacts? Facts, string? Lsoa21, string? Ward19, string? Ward24, int? Decile2019, int? LocalDecile, int? Decile2025);

/// <summary>From what people type to the neighbourhood, its wards and its deciles, all in memory.</summary>
public sealed class PostcodeLookup(PostcodeDirectory postcodes, PlaceBook book)
{
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        await book.RefreshAsync(cancel);
    }

    public PlaceOfPostcode Find(string? typed)
    {
        if (!Postcode.TryParse(typed, out var postcode)) return new PlaceOfPostcode(LookupStatus.Invalid, Postcode.WhyNot(typed), null, null, null, null, null, null, null);
        if (postcodes.FindAnywhere(postcode) is not { } facts) return new PlaceOfPostcode(LookupStatus.Outside, null, null, null, null, null, null, null, null);
        var area = KnownOf(book.Current);
        var old = facts.Lsoa11 is { } lsoa11 ? area.Of2011(lsoa11) : default;
        var lsoa21 = facts.Lsoa21 ?? old.Lsoa21;
        var now = lsoa21 is not null ? area.Of2021(lsoa21) : default;
        return new PlaceOfPostcode(
            facts.Terminated ? LookupStatus.Terminated : LookupStatus.Ok, null, facts, lsoa21, facts.Ward19 ?? old.Ward19, facts.Ward24 ?? now.Ward24, old.Decile2019, old.LocalDecile, now.Decile2025);
    }

    private Known? known;

    private Known KnownOf(PlaceSnapshot data) => known is { } before && before.Data == data ? before : known = new Known(data);

    /// <summary>What a neighbourhood has, looked up once for each state of the data: many postcodes lie in each.</summary>
    private sealed class Known(PlaceSnapshot data)
    {
        private readonly ConcurrentDictionary<string, (string? Lsoa21, string? Ward19, int? Decile2019, int? LocalDecile)> of2011 = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, (string? Ward24, int? Decile2025)> of2021 = new(StringComparer.Ordinal);

        public PlaceSnapshot Data { get; } = data;

        public (string? Lsoa21, string? Ward19, int? Decile2019, int? LocalDecile) Of2011(string lsoa) =>
            of2011.TryGetValue(lsoa, out var found) ? found : of2011[lsoa] = (Data.In2021(lsoa), Data.Ward(lsoa, 2011, 2019)?.Code, Decile(Data, PlaceSnapshot.Index2019, lsoa), Data.LocalDeciles.Decile(lsoa));

        public (string? Ward24, int? Decile2025) Of2021(string lsoa) =>
            of2021.TryGetValue(lsoa, out var found) ? found : of2021[lsoa] = (Data.Ward(lsoa, 2021, 2024)?.Code, Decile(Data, PlaceSnapshot.Index2025, lsoa));
    }

    private static int? Decile(PlaceSnapshot data, string edition, string lsoa) => data.Find(edition, "imd_decile", lsoa) is { } found ? (int)found.Number : null;
}
