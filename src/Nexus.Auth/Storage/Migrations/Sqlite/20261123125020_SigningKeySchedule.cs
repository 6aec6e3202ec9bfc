using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Nexus.Auth.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SigningKeySchedule : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Algorithm",
                table: "SigningKeys",
                type: "TEXT",
                maxLength: 16,
                nullable: false,
                defaultValue: "ES256");

            migrationBuilder.AddColumn<long>(
                name: "SignsFrom",
                table: "SigningKeys",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Algorithm",
                table: "SigningKeys");

            migrationBuilder.DropColumn(
                name: "SignsFrom",
                table: "SigningKeys");
        }
    }
}
