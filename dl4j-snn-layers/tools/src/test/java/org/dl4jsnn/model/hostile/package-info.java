/** Classes that a hostile model would have run; each only notes that it was. */
package org.dl4jsnn.model.hostile;
