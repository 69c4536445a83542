@echo off
rem Starts dl4j-snn's program. JAVA_HOME chooses the Java; SNN_OPTS has options for it, such as -Xmx4g.
rem Delayed expansion would take exclamation marks from arguments.
setlocal EnableExtensions DisableDelayedExpansion
call :home
if not defined JAVA_HOME goto path
set "SNN_JAVA=%JAVA_HOME:"=%\bin\java.exe"
if exist "%SNN_JAVA%" goto version
>&2 echo JAVA_HOME must name a folder with bin\java.exe in it, got "%JAVA_HOME:"=%"
exit /b 2
:path
set "SNN_JAVA="
for %%i in (java.exe) do set "SNN_JAVA=%%~$PATH:i"
if defined SNN_JAVA goto version
>&2 echo Cannot find java.exe. Install Java 17 or later, or set JAVA_HOME to its folder
exit /b 2
:version
for %%i in ("%SNN_JAVA%") do set "SNN_RELEASE=%%~dpi..\release"
set "SNN_VERSION="
if not exist "%SNN_RELEASE%" goto start
for /f "usebackq tokens=1,2 delims==" %%a in ("%SNN_RELEASE%") do if "%%a"=="JAVA_VERSION" set SNN_VERSION=%%b
if not defined SNN_VERSION goto start
set SNN_VERSION=%SNN_VERSION:"=%
if not defined SNN_VERSION goto start
rem 1.8.0_392 is 8.
for /f "tokens=1,2 delims=." %%v in ("%SNN_VERSION%") do if "%%v"=="1" (set "SNN_VERSION=%%w") else set "SNN_VERSION=%%v"
if %SNN_VERSION% GEQ 17 goto start
>&2 echo Java must be 17 or later, got %SNN_VERSION% of "%SNN_JAVA%". Possible cause: JAVA_HOME names an old one
exit /b 2
:start
rem Quick to start; a command that computes gets a second Java, with options of its own.
"%SNN_JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -jar "%SNN_BIN%..\lib\@project.build.finalName@.jar" %*
exit /b %ERRORLEVEL%
rem Here this file's folder is known even if it was called by its quoted name through the PATH.
:home
set "SNN_BIN=%~dp0"
exit /b 0
