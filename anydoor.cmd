@echo off
rem AnyDoor on Windows: kept simple, and untested. Where WSL is to be had, ./anydoor there is the better way.
rem It publishes on each call (quickly, when nothing changed) and doesn't run the tests, the benches or the screenshots.
setlocal
set "ANYDOOR_HOME=%~dp0."
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
where dotnet >nul 2>nul || (echo AnyDoor needs the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0 1>&2 & exit /b 2)
where node >nul 2>nul || (echo AnyDoor needs Node.js 20 or later: https://nodejs.org/en/download 1>&2 & exit /b 2)
if /i "%~1"=="test" goto unix
if /i "%~1"=="bench" goto unix
if /i "%~1"=="docs" goto unix
dotnet publish "%~dp0AnyDoor.Product.slnf" -c Release -v quiet -nologo "-p:AnyDoorPublishDir=%~dp0.build/windows/" 1>&2 || exit /b 1
if /i "%~1"=="start" (
  dotnet "%~dp0.build\windows\web\AnyDoor.Web.dll" %*
) else (
  dotnet "%~dp0.build\windows\cli\AnyDoor.Cli.dll" %*
)
exit /b %errorlevel%
:unix
echo "anydoor %~1" runs on Linux, macOS or WSL only. 1>&2
exit /b 2
