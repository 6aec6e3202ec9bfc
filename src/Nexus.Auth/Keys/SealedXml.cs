using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Auth.Keys;

/// <summary>Seals the secret part of data protection's keys.</summary>
internal sealed class SealedXmlEncryptor(SecretBox box) : IXmlEncryptor
{
    public const string Element = "sealed";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var xml = plaintextElement.ToString(SaveOptions.DisableFormatting);
        var sealedXml = box.Seal(SealedXmlDecryptor.Purpose, Encoding.UTF8.GetBytes(xml));
        return new(new XElement(Element, Convert.ToBase64String(sealedXml)), typeof(SealedXmlDecryptor));
    }

    /// <summary>The content of a sealed element, sealed with the current key.</summary>
    public static string Reseal(string content, SecretBox box) => Convert.ToBase64String(
        box.Seal(SealedXmlDecryptor.Purpose, box.Open(SealedXmlDecryptor.Purpose, Convert.FromBase64String(content))));
}

/// <summary>Opens them; data protection makes it by its type, with the services as argument.</summary>
internal sealed class SealedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public const string Purpose = "data protection key at rest";

    public XElement Decrypt(XElement encryptedElement)
    {
        var xml = services.GetRequiredService<SecretBox>().Open(Purpose, Convert.FromBase64String(encryptedElement.Value));
        return XElement.Parse(Encoding.UTF8.GetString(xml));
    }
}
