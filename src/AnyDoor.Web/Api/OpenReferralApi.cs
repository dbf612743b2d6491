using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.ServiceDirectory;

namespace AnyDoor.Web.Api;

/// <summary>
/// The menu for machines: the eleven paths of Open Referral UK 3.0, open to anybody. Malformed input is answered 400 with a sentence, an unknown id 404.
/// </summary>
internal static class OpenReferralApi
{
    public const string Base = "/api/oruk/v3";
    private const int UsualPage = 50, LargestPage = 1000, AllAtOnce = 100_000;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapOpenReferral(this WebApplication app)
    {
        var api = app.MapGroup(Base).AllowAnonymous().AddEndpointFilter(OpenAsync);
        api.MapRead("/", Front);
        api.MapRead("/openapi.json", () => Results.Stream(ContentFiles.Open("open-referral-api.json"), "application/json"));
        api.MapRead("/services", (Call c) => c.AnswerAsync(Services));
        api.MapRead("/services/{id}", (Call c, string id) => c.OneAsync(id, (b, i) => b.ById.TryGetValue(i, out var s) ? OpenReferral.Full(s) : null));
        api.MapRead("/taxonomies", (Call c) => c.AnswerAsync(q => q.Page(q.Named(q.Book.Taxonomies.Values, t => $"{t.Name} {t.Description}"), t => OpenReferral.Taxonomy(t))));
        api.MapRead("/taxonomies/{id}", (Call c, string id) => c.OneAsync(id, (b, i) => b.Taxonomies.TryGetValue(i, out var t) ? OpenReferral.Taxonomy(t, b.Terms.Values.Where(x => x.Taxonomy.Id == i)) : null));
        api.MapRead("/taxonomy_terms", (Call c) => c.AnswerAsync(Terms));
        api.MapRead("/taxonomy_terms/{id}", (Call c, string id) => c.OneAsync(id, (b, i) => b.Terms.TryGetValue(i, out var t) ? OpenReferral.Term(t) : null));
        api.MapRead("/organizations", (Call c) => c.AnswerAsync(q => q.Page(q.Named(q.Book.Organisations.Values, o => o.Name), o => OpenReferral.Organisation(o, q.Full || q.FullService, q.FullService))));
        api.MapRead("/organizations/{id}", (Call c, string id) => c.OneAsync(id, (b, i) => b.Organisations.TryGetValue(i, out var o) ? OpenReferral.Organisation(o, true, Query.Flag(c.Http, "full_service") == true) : null));
        api.MapRead("/service_at_locations", (Call c) => c.AnswerAsync(AtLocations));
        api.MapRead("/service_at_locations/{id}", (Call c, string id) => c.OneAsync(id, (b, i) => b.Places.TryGetValue(i, out var p) ? OpenReferral.Place(p, withService: true) : null));
    }

    /// <summary>GET, and HEAD, which is the same without a body; and the question that a browser asks first, where it is to send headers of its own.</summary>
    private static void MapRead(this RouteGroupBuilder api, string path, Delegate answer)
    {
        api.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], answer);
        api.MapMethods(path, [HttpMethods.Options], (HttpContext http) =>
        {
            http.Response.Headers.AccessControlAllowMethods = "GET, HEAD, OPTIONS";
            http.Response.Headers.AccessControlAllowHeaders = "Accept, Content-Type, If-None-Match, If-Modified-Since";
            http.Response.Headers.AccessControlMaxAge = "86400";
            return Results.NoContent();
        });
    }

    private static async ValueTask<object?> OpenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.AccessControlAllowOrigin = "*";
        context.HttpContext.Response.Headers.AccessControlExposeHeaders = "ETag, Last-Modified";
        return await next(context);
    }

    private static IResult Front(HttpContext http)
    {
        var root = $"{http.Request.Scheme}://{http.Request.Host}";
        return Results.Json(new Dictionary<string, string> { ["version"] = "HSDS-UK-3.0", ["profile"] = "https://docs.openreferraluk.org/en/latest/", ["openapi_url"] = $"{root}{Base}/openapi.json" });
    }

    private static IResult Services(Query q) => q.Page(q.Services(), s => q.Minimal ? OpenReferral.Minimal(s) : q.Full ? OpenReferral.Full(s) : OpenReferral.Summary(s), q.Minimal ? AllAtOnce : LargestPage);

    private static IResult Terms(Query q)
    {
        var terms = q.Named(q.Book.Terms.Values, t => t.Name);
        if (q.Id("taxonomy_id") is { } taxonomy) terms = terms.Where(t => t.Taxonomy.Id == taxonomy);
        if (q.Id("parent_id") is { } parent) terms = terms.Where(t => t.ParentId == parent);
        if (q.Is("top_only")) terms = terms.Where(t => t.ParentId is null);
        return q.Page(terms, OpenReferral.Term);
    }

    private static IResult AtLocations(Query q)
    {
        var services = q.Services(byPlace: false).Select(s => s.Uuid).ToHashSet();
        var places = q.Book.Places.Values.Where(p => services.Contains(p.Service.Uuid));
        if (q.Place is { } here)
        {
            places = q.Metres is { } metres ? places.Where(p => p.Location.Point is { } point && here.Point!.Value.MilesTo(point) * 1609.344 <= metres) : places.Where(p => q.Serves(p.Service));
        }
        return q.Page(places, p => OpenReferral.Place(p, withService: true, full: q.Full));
    }

    /// <summary>What an endpoint is called with: the request, and what the menu holds now.</summary>
    internal sealed class Call(HttpContext http, MenuDirectory directory, PostcodeDirectory postcodes, OpenReferralShelf shelf, TimeProvider clock)
    {
        public HttpContext Http => http;

        public static ValueTask<Call?> BindAsync(HttpContext http)
        {
            var services = http.RequestServices;
            return ValueTask.FromResult<Call?>(new Call(http, services.GetRequiredService<MenuDirectory>(), services.GetRequiredService<PostcodeDirectory>(), services.GetRequiredService<OpenReferralShelf>(), services.GetRequiredService<TimeProvider>()));
        }

        public async Task<IResult> AnswerAsync(Func<Query, IResult> answer)
        {
            var book = await BookAsync();
            if (NotModified(book)) return Results.StatusCode(StatusCodes.Status304NotModified);
            try { return answer(new Query(http, book, postcodes, clock.UtcNow())); }
            catch (BadQueryException bad) { return Refuse(StatusCodes.Status400BadRequest, bad.Message); }
        }

        public async Task<IResult> OneAsync(string id, Func<OpenReferralBook, Guid, JsonObject?> find)
        {
            var book = await BookAsync();
            try
            {
                if (!Guid.TryParse(id, out var uuid) || find(book, uuid) is not { } found) return Refuse(StatusCodes.Status404NotFound, "There is nothing with this id.");
                return NotModified(book) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Json(found, Json);
            }
            catch (BadQueryException bad) { return Refuse(StatusCodes.Status400BadRequest, bad.Message); }
        }

        private async Task<OpenReferralBook> BookAsync() => shelf.Of(await directory.RefreshAsync(http.RequestAborted), clock.Today());

        /// <summary>One mark for all that is held: when one service changes, every page may.</summary>
        private bool NotModified(OpenReferralBook book)
        {
            var tag = $"\"{book.Index.ChangeNumber}-{book.Day:yyyyMMdd}\"";
            var modified = new DateTimeOffset(book.LastModified.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
            http.Response.Headers.ETag = tag;
            http.Response.Headers.LastModified = modified.ToString("R", CultureInfo.InvariantCulture);
            http.Response.Headers.CacheControl = "public, max-age=0, must-revalidate";
            var wanted = http.Request.Headers.IfNoneMatch.ToString();
            return wanted.Length > 0 ? wanted.Split(',').Any(t => t.Trim().TrimStart('W', '/') == tag) : http.Request.GetTypedHeaders().IfModifiedSince is { } since && since >= modified;
        }

        private static IResult Refuse(int status, string sentence) => Results.Json(new Dictionary<string, string> { ["error"] = sentence }, statusCode: status);
    }

    internal sealed class BadQueryException(string sentence) : Exception(sentence);

    /// <summary>The parameters, checked. Each that is malformed is named in a sentence.</summary>
    internal sealed class Query
    {
        private readonly HttpContext http;
        private readonly DateTime now;
        private AreaReach? reach;

        public Query(HttpContext http, OpenReferralBook book, PostcodeDirectory postcodes, DateTime now)
        {
            (this.http, Book, this.now) = (http, book, now);
            (Full, Minimal, FullService) = (Is("full"), Is("minimal"), Is("full_service"));
            ModifiedAfter = Moment("modified_after");
            if (Text("format") is { } format && format is not ("json" or "ndjson")) throw new BadQueryException("“format” is json or ndjson.");
            if (Text("proximity") is { } far)
            {
                if (!double.TryParse(far, NumberStyles.Float, CultureInfo.InvariantCulture, out var metres) || !double.IsFinite(metres) || metres is <= 0 or > 2_000_000) throw new BadQueryException("“proximity” is a number of metres above 0.");
                if (Text("postcode") is null) throw new BadQueryException("“proximity” needs a “postcode” to be near to.");
                Metres = metres;
            }
            if (Text("postcode") is { } typed)
            {
                if (!Postcode.TryParse(typed, out _)) throw new BadQueryException($"“postcode”: {Postcode.WhyNot(typed)}.");
                Place = Whereabouts.Find(typed, null, book.Index, postcodes);
                if (Place?.Point is null) throw new BadQueryException("This “postcode” is not in what is loaded here.");
            }
        }

        public OpenReferralBook Book { get; }
        public bool Full { get; }
        public bool Minimal { get; }
        public bool FullService { get; }
        public DateTime? ModifiedAfter { get; }
        public double? Metres { get; }
        public MenuPlace? Place { get; }

        public string? Text(string name) => http.Request.Query.TryGetValue(name, out var values) && values.ToString().Trim() is { Length: > 0 } text ? text.Length <= 400 ? text : throw new BadQueryException($"“{name}” is longer than 400 characters.") : null;

        public bool Is(string name) => Flag(http, name) == true;

        public static bool? Flag(HttpContext http, string name) => http.Request.Query[name].ToString().Trim().ToLowerInvariant() switch
        {
            "" when !http.Request.Query.ContainsKey(name) => null,
            "" or "true" or "1" => true,
            "false" or "0" => false,
            _ => throw new BadQueryException($"“{name}” is true or false."),
        };

        public Guid? Id(string name) => Text(name) is { } text ? Guid.TryParse(text, out var id) ? id : throw new BadQueryException($"“{name}” is a UUID.") : null;

        public bool Serves(Service service) => (reach ??= new AreaReach(Place!)).Of(service) != Vocabulary.Verdict.No;

        /// <summary>Services that every filter given lets through; a search puts the likeliest first.</summary>
        public IEnumerable<Service> Services(bool byPlace = true)
        {
            var services = Text("search") is { } search ? Found(search) : Book.Services;
            if (Id("taxonomy_term_id") is { } term) services = services.Where(s => OpenReferralBook.TermsOf(s).Any(t => t.Id == term));
            if (Id("taxonomy_id") is { } taxonomy) services = services.Where(s => OpenReferralBook.TermsOf(s).Any(t => t.Taxonomy.Id == taxonomy));
            if (Id("organization_id") is { } owner) services = services.Where(s => OpenReferralBook.OrganisationId(s) == owner);
            if (ModifiedAfter is { } after) services = services.Where(s => s.ChangedAt >= after);
            if (!byPlace || Place is null) return services;
            return Metres is { } metres
                ? services.Where(s => s.Locations.Any(l => !l.Hidden && l.Point is { } point && Place.Point!.Value.MilesTo(point) * 1609.344 <= metres))
                : services.Where(Serves);
        }

        private IEnumerable<Service> Found(string search) => MenuSearch.Of(Book.Index, search, now).Where(s => Book.ById.ContainsKey(s.Uuid));

        public IEnumerable<T> Named<T>(IEnumerable<T> all, Func<T, string> words)
        {
            if (Text("search") is not { } search) return all;
            var wanted = Folding.Fold(search).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return all.Where(one => Folding.Fold(words(one)) is var folded && wanted.All(w => folded.Contains(w, StringComparison.Ordinal)));
        }

        public IResult Page<T>(IEnumerable<T> items, Func<T, JsonObject> shape, int largest = LargestPage)
        {
            if (Text("format") == "ndjson") return Results.Stream(body => StreamAsync(body, items, shape, http.RequestAborted), "application/x-ndjson");
            var number = Number("page", 1, int.MaxValue) ?? 1;
            var size = Number("per_page", 1, largest) ?? (largest == AllAtOnce ? AllAtOnce : UsualPage);
            var all = items.ToList();
            var pages = Math.Max(1, (all.Count + size - 1) / size);
            var shown = all.Skip((int)Math.Min(int.MaxValue, (long)(number - 1) * size)).Take(size).Select(shape).ToList<JsonNode?>();
            return Results.Json(new JsonObject
            {
                ["total_items"] = all.Count, ["total_pages"] = pages, ["page_number"] = number, ["size"] = shown.Count, ["first_page"] = number == 1, ["last_page"] = number >= pages, ["empty"] = shown.Count == 0, ["contents"] = new JsonArray([.. shown]),
            }, Json);
        }

        private static async Task StreamAsync<T>(Stream body, IEnumerable<T> items, Func<T, JsonObject> shape, CancellationToken cancel)
        {
            var (line, count) = (new byte[] { (byte)'\n' }, 0);
            foreach (var item in items)
            {
                await JsonSerializer.SerializeAsync(body, shape(item), Json, cancel);
                await body.WriteAsync(line, cancel);
                if (++count % 200 == 0) await body.FlushAsync(cancel);
            }
        }

        private int? Number(string name, int least, int most) => Text(name) is { } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : throw new BadQueryException($"“{name}” is a whole number from {least}{(most < int.MaxValue ? $" to {most}" : "")}.")
            : null;

        private DateTime? Moment(string name) => Text(name) is { } text
            ? DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at) ? at.UtcDateTime : throw new BadQueryException($"“{name}” is a date and time like 2026-11-24T10:00:00Z.")
            : null;
    }
}

/// <summary>Keeps the last view of the menu as the standard has it: a new one is made when the menu or the day changes.</summary>
internal sealed class OpenReferralShelf
{
    private volatile OpenReferralBook? book;

    public OpenReferralBook Of(MenuIndex index, DateOnly day) => book is { } held && ReferenceEquals(held.Index, index) && held.Day == day ? held : book = new OpenReferralBook(index, day);
}
