using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Sharing;

namespace AnyDoor.Requests;

/// <param name="Row">The row in the file; the header is row 1.</param>
public sealed record AnswerProblem(int Row, string Column, string Reason);

/// <param name="Rows">Rows that hold an answer; those without one are left alone.</param>
/// <param name="Already">Said so before: nothing to do.</param>
public sealed record AnswersRead(int Rows, int Taken, int Already, IReadOnlyList<AnswerProblem> Problems);

/// <summary>
/// Handovers as a file, out and in again, for a partner whose system knows no other way (R-ISA-04): the same columns both ways, so that the file that came out goes in with its answers filled in.
/// </summary>
public sealed class HandoverFiles(HandoverDesk desk)
{
    public const int MostRows = 2000;
    private static readonly string[] Columns = ["reference", "state", "needs", "told", "from", "sent_at", "due_by", "answer", "why"];

    /// <summary>What goes on, with two empty columns to fill in. Names nobody but what was agreed to tell.</summary>
    public async Task<byte[]> WriteAsync(ReadContext ctx, CancellationToken cancel) => CsvText.Write(Columns,
        (await desk.ForAsync(ctx, cancel, onlyGoingOn: true)).Select(l => new object?[] { l.Reference, HandoverDesk.Word(l.State), string.Join(' ', l.Needs), l.Told, l.From, l.SentAt, l.DueBy, null, null }));

    /// <summary>Takes the answers, each by itself as if it had been given on the page. A row that cannot be taken says why and stops no other.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public async Task<AnswersRead> ReadAsync(string path, Func<AuditContext> who, WhoIsWorking worker, CancellationToken cancel)
    {
        using var file = DelimitedFile.Open(path);
        int Column(string name) => Array.FindIndex(file.Header, h => string.Equals(h, name, StringComparison.OrdinalIgnoreCase));
        var (reference, answer, why) = (Column("reference"), Column("answer"), Column("why"));
        if (reference < 0 || answer < 0) throw new InvalidDataException("The file needs the columns reference and answer. Take the file of your handovers from here and fill it in.");
        var (rows, taken, already) = (0, 0, 0);
        var problems = new List<AnswerProblem>();
        while (file.Next())
        {
            if (string.IsNullOrWhiteSpace(file[answer])) continue;
            if (++rows > MostRows) throw new InvalidDataException($"The file holds more than {MostRows:N0} answers. Those before are in; send the rest by themselves.");
            if (!HandoverDesk.Answers.TryGetValue(file[answer].Trim().ToLowerInvariant(), out var given)) { problems.Add(new AnswerProblem(file.Row, "answer", $"“{Cut(file[answer])}” is no answer. Write {string.Join(", ", HandoverDesk.Answers.Keys)}.")); continue; }
            if (await desk.StateAsync(worker, file[reference], cancel) is not { } line) { problems.Add(new AnswerProblem(file.Row, "reference", "There is no handover of yours with this reference.")); continue; }
            if (Said(line.State, given)) { already++; continue; }
            var done = await desk.AnswerAsync(who(), worker, line.Reference, given, why < 0 ? null : file[why], cancel);
            if (done.Done) taken++;
            else problems.Add(new AnswerProblem(file.Row, done.Refusal.Field ?? "answer", done.Refusal.Sentence));
        }
        return new AnswersRead(rows, taken, already, problems);
    }

    /// <summary>The same file again changes nothing and is no fault.</summary>
    private static bool Said(HandoverState state, HandoverAnswer given) => (state, given) switch
    {
        (HandoverState.Accepted or HandoverState.FirstContact or HandoverState.Helped, HandoverAnswer.Accepted) => true,
        (HandoverState.FirstContact or HandoverState.Helped, HandoverAnswer.FirstContact) => true,
        (HandoverState.Helped, HandoverAnswer.Helped) or (HandoverState.Declined, HandoverAnswer.Declined) => true,
        _ => false,
    };

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
