namespace AnyDoor.ServiceDirectory;

/// <summary>Search by words alone, wherever and whoever: the same understanding of words as the match.</summary>
public static class MenuSearch
{
    /// <summary>The likeliest first. What is not for the reader is for the caller to leave out.</summary>
    public static IEnumerable<Service> Of(MenuIndex index, string text, DateTime at) =>
        new MenuTopic(index, new MenuQuery { Text = text, At = at }, 3).Points.OrderByDescending(p => p.Value).ThenBy(p => p.Key).Select(p => index.Entries[p.Key].Service);
}
