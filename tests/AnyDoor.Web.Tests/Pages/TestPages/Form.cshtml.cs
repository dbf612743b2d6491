using System.ComponentModel.DataAnnotations;
using AnyDoor.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AnyDoor.Web.Tests.Pages.TestPages;

[BindProperties]
public class FormModel : PageModel
{
    // In another order than on the page, so that the order of the error summary is the page's.
    [Required(ErrorMessage = "Choose a door")]
    public string? Door { get; set; }

    [StringLength(200, ErrorMessage = "Use 200 characters or fewer")]
    public string? Words { get; set; }

    public string Way { get; set; } = "text";

    [RegularExpression("0[0-9 ]{9,12}", ErrorMessage = "Enter a phone number, like 07700 900123")]
    public string? Phone { get; set; }

    public List<string> DoNot { get; set; } = ["voice"];
    public DateAnswer Born { get; set; } = new(new DateOnly(1990, 3, 14));

    public IEnumerable<SelectListItem> Doors { get; } = [new("Web form", "web"), new("Food bank", "food")];

    public IActionResult OnPost()
    {
        if (Phone == "fail") throw new InvalidOperationException("Made to fail");
        if (Born.Read(out _) is var problem and not DateProblem.None)
            ModelState.AddModelError(string.Join('.', new[] { "Born", DateAnswer.PartOf(problem) }.OfType<string>()), "Date of birth must be a real date");
        if (Way == "nobody") ModelState.AddModelError("", "Nobody can be asked");
        return ModelState.IsValid ? Redirect("/test/done") : Page();
    }
}
