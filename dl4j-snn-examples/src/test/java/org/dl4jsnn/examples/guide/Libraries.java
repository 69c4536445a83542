package org.dl4jsnn.examples.guide;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes of all libraries, read once for the tests of their structure. */
final class Libraries {

  static final String ROOT = "org.dl4jsnn";

  static final JavaClasses CLASSES = ArchConfiguration.withThreadLocalScope(Libraries::read);

  private Libraries() {}

  private static JavaClasses read(ArchConfiguration configuration) {
    // What they use of others is named in them; the others need not be read.
    configuration.setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(place -> !place.contains("/org/dl4jsnn/examples/"))
        .importPackages(ROOT);
  }
}
