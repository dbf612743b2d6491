namespace AnyDoor.ServiceDirectory;

/// <summary>Search by words alone, wherever and whoever: the same understanding of words as the match.</summary>
public static class MenuSearch
{
    /// <summary>The likeliest first. What is not for the reader is for the caller to leave out.</summary>
    public static IEnumerable<Service> Of(MenuIndex index, string text, DateTime at)
    {
        (float Points, int Entry)[] found;
        using (var topic = new MenuTopic(index, new MenuQuery { Text = text, At = at }, 3)) found = [.. topic.Found.Select(e => (-topic.PointsOf(e), e))];
        return found.Order().Select(f => index.Entries[f.Entry].Service);
    }
}
