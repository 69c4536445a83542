@echo off
rem Starts dl4j-snn's program. JAVA_HOME chooses the Java; SNN_OPTS has options for it, such as -Xmx4g.
setlocal
if not defined JAVA_HOME goto path
set "SNN_JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%SNN_JAVA%" goto start
>&2 echo JAVA_HOME must name a folder with bin\java.exe in it, got %JAVA_HOME%
exit /b 2
:path
set "SNN_JAVA=java.exe"
where /q java.exe && goto start
>&2 echo Cannot find java.exe. Install Java 17 or later, or set JAVA_HOME to its folder
exit /b 2
:start
"%SNN_JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -jar "%~dp0..\lib\@project.build.finalName@.jar" %*
exit /b %ERRORLEVEL%
