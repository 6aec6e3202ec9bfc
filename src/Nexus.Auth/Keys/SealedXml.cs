using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Auth.Keys;

/// <summary>Seals the secret part of data protection's keys.</summary>
internal sealed class SealedXmlEncryptor(SecretBox box) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var xml = plaintextElement.ToString(SaveOptions.DisableFormatting);
        var sealedXml = box.Seal(SealedXmlDecryptor.Purpose, Encoding.UTF8.GetBytes(xml));
        return new(new XElement("sealed", Convert.ToBase64String(sealedXml)), typeof(SealedXmlDecryptor));
    }
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
