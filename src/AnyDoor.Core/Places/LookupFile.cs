using System.Globalization;
using System.IO.Compression;
using System.Text;
using AnyDoor.Common;

namespace AnyDoor.Places;

/// <summary>A row that holds no postcode. The postcode itself is not repeated: it stands in the output.</summary>
public sealed record RefusedRow(int Row, string Reason);

/// <param name="Refused">The first hundred rows that hold no postcode.</param>
/// <param name="Notes">What is not loaded, and so stays empty.</param>
public sealed record LookupDone(long Rows, long Ok, long Outside, long Terminated, long Invalid, IReadOnlyList<RefusedRow> Refused, IReadOnlyList<string> Notes, IReadOnlyList<string> Attribution);

/// <summary>A file of postcodes in, a file of places out, row by row and in order.</summary>
public sealed class LookupFile(PostcodeLookup lookup, PostcodeDirectory postcodes, PlaceBook book)
{
    private const int RefusedKept = 100;

    public static int Column(DelimitedFile file) => PlaceLayouts.Find(file.Header, ["postcode"]);

    /// <summary>The output takes its name when it is whole.</summary>
    /// <exception cref="InvalidDataException">The file has no column “postcode”, or is its own output.</exception>
    public async Task<LookupDone> RunAsync(string input, string output, CancellationToken cancel)
    {
        if (Path.GetFullPath(input) == Path.GetFullPath(output)) throw new InvalidDataException("The output would take the place of the input. Give it another name.");
        await lookup.RefreshAsync(cancel);
        var data = book.Current;
        var later = data.Has(PlaceSnapshot.Index2025, "imd_decile");
        using var file = DelimitedFile.Open(input);
        var column = Column(file);
        if (column < 0) throw new InvalidDataException($"{Path.GetFileName(input)} has no column “postcode”.");

        var counts = new long[4];
        var refused = new List<RefusedRow>();
        var part = output + ".part";
        await using (var bytes = Compressed(part, output))
        await using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n" })
        {
            await writer.WriteLineAsync("postcode,status,lsoa11,lsoa21,ward19,ward24,district,imd_decile,local_decile" + (later ? ",imd2025_decile" : ""));
            while (file.Next())
            {
                if (file.IsBlank() && file.Header.Length > 1) continue;
                cancel.ThrowIfCancellationRequested();
                var found = lookup.Find(file[column]);
                counts[(int)found.Status]++;
                if (found.WhyNot is { } why && refused.Count < RefusedKept) refused.Add(new RefusedRow(file.Row, why));
                Write(writer, file[column], found, later);
            }
        }
        File.Move(part, output, overwrite: true);
        return new LookupDone(counts.Sum(), counts[0], counts[1], counts[2], counts[3], refused, [.. Notes(data)], Licences.Attribution([.. postcodes.From, .. data.InUse.Where(d => d.Kind is "index" or "lookup" or "changes")]));
    }

    private static Stream Compressed(string part, string output)
    {
        var file = File.Create(part);
        return output.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file;
    }

    private static void Write(StreamWriter writer, string typed, PlaceOfPostcode found, bool later)
    {
        writer.Write(CsvText.Cell(typed));
        writer.Write(found.Status switch { LookupStatus.Ok => ",ok,", LookupStatus.Outside => ",outside,", LookupStatus.Terminated => ",terminated,", _ => ",invalid," });
        writer.Write(found.Facts?.Lsoa11);
        writer.Write(',');
        writer.Write(found.Lsoa21);
        writer.Write(',');
        writer.Write(found.Ward19);
        writer.Write(',');
        writer.Write(found.Ward24);
        writer.Write(',');
        writer.Write(found.Facts?.District);
        writer.Write(',');
        Number(writer, found.Decile2019);
        writer.Write(',');
        Number(writer, found.LocalDecile);
        if (later)
        {
            writer.Write(',');
            Number(writer, found.Decile2025);
        }
        writer.WriteLine();
    }

    private static void Number(StreamWriter writer, int? number)
    {
        if (number is { } whole) writer.Write(whole.ToString(CultureInfo.InvariantCulture));
    }

    private IEnumerable<string> Notes(PlaceSnapshot data)
    {
        if (!postcodes.Any) yield return "No list of postcodes is loaded, so every postcode is outside. docs/places-data.md says where to get one.";
        if (!data.Has(PlaceSnapshot.Index2019, "imd_decile")) yield return "The Indices of Deprivation 2019 are not loaded, so imd_decile and local_decile are empty.";
        else if (!data.LocalDeciles.Any) yield return $"{data.LocalDeciles.Loaded:N0} of the partnership’s {data.LocalDeciles.Expected:N0} neighbourhoods are loaded, so local_decile is empty: with some left out the others would be wrong.";
    }
}
