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
        var data = book.Current;
        var lsoa21 = facts.Lsoa21 ?? (facts.Lsoa11 is { } old ? data.In2021(old) : null);
        return new PlaceOfPostcode(
            facts.Terminated ? LookupStatus.Terminated : LookupStatus.Ok, null, facts, lsoa21,
            facts.Ward19 ?? (facts.Lsoa11 is { } of11 ? data.Ward(of11, 2011, 2019)?.Code : null),
            facts.Ward24 ?? (lsoa21 is not null ? data.Ward(lsoa21, 2021, 2024)?.Code : null),
            Decile(data, PlaceSnapshot.Index2019, facts.Lsoa11), data.LocalDeciles.Decile(facts.Lsoa11), Decile(data, PlaceSnapshot.Index2025, lsoa21));
    }

    private static int? Decile(PlaceSnapshot data, string edition, string? lsoa) => lsoa is not null && data.Find(edition, "imd_decile", lsoa) is { } found ? (int)found.Number : null;
}
