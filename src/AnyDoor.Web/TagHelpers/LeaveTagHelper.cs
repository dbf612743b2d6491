using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary>
/// <c>&lt;any-leave /&gt;</c>: "Leave this page quickly". A plain link that ends the visit on the way out; with script three presses of Shift do the same
/// and the page goes blank at once. The resident layout has it already.
/// </summary>
[HtmlTargetElement("any-leave", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AnyLeaveTagHelper(Texts texts) : TagHelper
{
    public LeaveButton Place { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) => output.Show(ExitThisPage.Render(new()
    {
        Html = texts["start.leave"], RedirectUrl = LeaveQuickly.Path,
        Classes = El.Join("any-noprint", Place switch { LeaveButton.OverTheBackLink => "any-exit--over", LeaveButton.InTheStrip => "any-exit--strip", _ => null }),
        ActivatedText = texts.Plain("leave.activated"), TimedOutText = texts.Plain("leave.timed-out"),
        PressTwoMoreTimesText = texts.Plain("leave.two-more"), PressOneMoreTimeText = texts.Plain("leave.one-more"),
    }));
}
