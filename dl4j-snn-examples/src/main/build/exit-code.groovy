import org.apache.maven.execution.ExecutionEvent
import org.apache.maven.execution.ExecutionListener

/**
 * Lets Maven end as the program that exec:exec ran: with its exit code, and without an error block
 * after the line in which the program said what is wrong. The plugin's own stack trace is switched off
 * in .mvn/maven.config, since its log is there before this module is.
 */
class ExitCodeOfTheProgram implements ExecutionListener {

  @Delegate ExecutionListener others

  @Override
  void mojoFailed(ExecutionEvent event) {
    if (event.mojoExecution.artifactId == 'exec-maven-plugin') {
      for (Throwable cause = event.exception; cause != null; cause = cause.cause) {
        if (cause.class.simpleName == 'ExecuteException') {
          System.exit(cause.exitValue)
        }
      }
    }
    others.mojoFailed(event)
  }
}

session.request.executionListener = new ExitCodeOfTheProgram(others: session.request.executionListener)
