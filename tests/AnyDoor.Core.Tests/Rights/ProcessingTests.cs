using AnyDoor.Audit;
using AnyDoor.Rights;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Rights;

/// <summary>The record of processing is one thing: the paper, the log and what a resident reads.</summary>
[Requirement("R-ISA-05")]
public sealed class ProcessingTests
{
    [Fact]
    public void Every_purpose_stands_once_and_the_paper_holds_the_same_table()
    {
        Processing.Current.Rows.Select(r => r.Purpose).Order().ShouldBe(Enum.GetValues<Purpose>().Order());
        Processing.Current.Rows.ShouldAllBe(r => r.Basis.Length > 5 && r.Kinds.Length > 3);

        File.ReadAllText(Path.Combine(TestRun.Root, "docs", "papers", "record-of-processing.md")).ShouldContain(Processing.Current.ToMarkdown());
    }
}
