using System.Xml.Linq;
using AnyDoor.Audit;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace AnyDoor.Web.Security;

/// <summary>
/// Seals the keys of cookies and forms with the installation's own key before they are written to <c>web/</c> in the keys folder, which every node shares.
/// Who copies that folder without <c>log.key</c> can forge no visit; who has the whole keys folder can (docs/security.md).
/// </summary>
public sealed class SealedKeyXml(LogKey key) : IXmlEncryptor
{
    internal const string Use = "web keys";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealed", Convert.ToBase64String(SealedText.Seal(key, Use, plaintextElement.ToString(SaveOptions.DisableFormatting)))), typeof(OpenedKeyXml));
}

/// <summary>Reads back what <see cref="SealedKeyXml"/> wrote; made by the framework, by name.</summary>
public sealed class OpenedKeyXml(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(SealedText.Open(services.GetRequiredService<LogKey>(), SealedKeyXml.Use, Convert.FromBase64String(encryptedElement.Value)));
}
