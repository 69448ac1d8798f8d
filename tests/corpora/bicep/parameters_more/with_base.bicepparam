using 'with_target.bicep'
extends 'with_shared.bicepparam'

import { twice } from '../templates/shared/loaded.bicep'

param a = twice('${base.b}-x')
param secret = az.getSecret('00000000-0000-0000-0000-000000000001', 'group', 'vault', 'password')
